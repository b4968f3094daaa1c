import { signOutDevice } from "#lib/accounts/devices";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const DELETE = route(operations.signOutDevice, async ({ server, accountId, params }) => {
  await signOutDevice(server.database, { accountId, ...params });
  return new Response(null, { status: 204 });
});
