import { listApiKeys, makeApiKey } from "#lib/accounts/api-keys";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.listApiKeys, async ({ server, accountId }) =>
  json({ apiKeys: await listApiKeys(server.database, { accountId }) }),
);

export const POST = route(operations.makeApiKey, async ({ server, accountId, body }) =>
  json(await makeApiKey(server.database, { accountId, ...body }), 201),
);
