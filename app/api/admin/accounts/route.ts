import { overseeAccounts } from "#lib/conversations/oversee-accounts";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.listAccounts, async ({ server, query }) =>
  json(await overseeAccounts(server.database, query)),
);
