import { search } from "#lib/conversations/search";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.search, async ({ server, accountId, query }) =>
  json({ hits: await search(server.database, { accountId, ...query }) }),
);
