import { changeAccount } from "#lib/conversations/oversee-accounts";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const PATCH = route(operations.changeAccount, async ({ server, accountId: byId, params, body }) =>
  json({ account: await changeAccount(server.database, { ...params, ...body, byId }) }),
);
