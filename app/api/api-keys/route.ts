import { listApiKeys, makeApiKey } from "#lib/accounts/api-keys";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { makeApiKeyBody } from "#lib/protocol/accounts";

export const GET = route({ by: "device" }, async ({ server, accountId }) =>
  json({ apiKeys: await listApiKeys(server.database, { accountId }) }),
);

export const POST = route({ by: "device", body: makeApiKeyBody }, async ({ server, accountId, body }) =>
  json(await makeApiKey(server.database, { accountId, ...body }), 201),
);
