import { z } from "zod";
import { revokeApiKey } from "#lib/accounts/api-keys";
import { route } from "#lib/http/route";
import { idSchema } from "#lib/protocol/ids";

const params = z.object({ apiKeyId: idSchema });

export const DELETE = route({ by: "device", params }, async ({ server, accountId, params }) => {
  await revokeApiKey(server.database, { accountId, ...params });
  return new Response(null, { status: 204 });
});
