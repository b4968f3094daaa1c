import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";
import { version } from "../../../package.json";

export const GET = route(operations.readHealth, async ({ server: { database, log } }) => {
  const isReachable = await database.execute("select 1").then(
    () => true,
    () => false,
  );
  const health = { database: isReachable ? "ok" : "unreachable", listening: log.isListening(), version };
  return json({ status: isReachable ? "ok" : "unavailable", ...health }, isReachable ? 200 : 503);
});
