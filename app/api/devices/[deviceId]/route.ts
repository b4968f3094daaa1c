import { z } from "zod";
import { signOutDevice } from "#lib/accounts/devices";
import { route } from "#lib/http/route";
import { idSchema } from "#lib/protocol/ids";

const params = z.object({ deviceId: idSchema });

export const DELETE = route({ by: "device", params }, async ({ server, accountId, params }) => {
  await signOutDevice(server.database, { accountId, ...params });
  return new Response(null, { status: 204 });
});
