import { changeInstance, readInstance } from "#lib/accounts/instance";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { changeInstanceBody } from "#lib/protocol/admin";

export const GET = route({ by: "admin" }, async ({ server }) =>
  json({ instance: await readInstance(server.database, server.instanceSettings) }),
);

export const PATCH = route({ by: "admin", body: changeInstanceBody }, async ({ server, body }) => {
  await changeInstance(server.database, body);
  return json({ instance: await readInstance(server.database, server.instanceSettings) });
});
