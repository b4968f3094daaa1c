import { connection } from "next/server";
import { json } from "#lib/http/answers";
import { openRoute } from "#lib/http/route";
import { server } from "#lib/server";
import { version } from "../../../package.json";

export const GET = openRoute({}, async () => {
  await connection();
  const { database, log } = server();
  const isReachable = await database.execute("select 1").then(
    () => true,
    () => false,
  );
  const health = { database: isReachable ? "ok" : "unreachable", listening: log.isListening(), version };
  return json({ status: isReachable ? "ok" : "unavailable", ...health }, isReachable ? 200 : 503);
});
