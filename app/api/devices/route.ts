import { listDevices, signOutOtherDevices } from "#lib/accounts/devices";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.listDevices, async ({ server, asker }) =>
  json({
    devices: await listDevices(server.database, { accountId: asker.accountId, deviceId: asker.by.id }),
  }),
);

/** All but the one that asks. */
export const DELETE = route(operations.signOutOtherDevices, async ({ server, asker }) => {
  await signOutOtherDevices(server.database, { accountId: asker.accountId, deviceId: asker.by.id });
  return new Response(null, { status: 204 });
});
