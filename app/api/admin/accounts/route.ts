import { overseeAccounts } from "#lib/conversations/oversee-accounts";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { overseenQuery } from "#lib/protocol/admin";

export const GET = route({ by: "admin", query: overseenQuery }, async ({ server, query }) =>
  json(await overseeAccounts(server.database, query)),
);
