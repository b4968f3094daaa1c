import { changeInstance, readInstance } from "#lib/accounts/instance";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.readInstance, async ({ server }) =>
  json({ instance: await readInstance(server.database, server.instanceSettings) }),
);

export const PATCH = route(operations.changeInstance, async ({ server, body }) => {
  await changeInstance(server.database, body);
  return json({ instance: await readInstance(server.database, server.instanceSettings) });
});
