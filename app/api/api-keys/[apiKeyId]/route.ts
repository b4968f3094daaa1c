import { revokeApiKey } from "#lib/accounts/api-keys";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const DELETE = route(operations.revokeApiKey, async ({ server, accountId, params }) => {
  await revokeApiKey(server.database, { accountId, ...params });
  return new Response(null, { status: 204 });
});
