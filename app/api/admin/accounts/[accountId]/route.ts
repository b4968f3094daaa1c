import { z } from "zod";
import { changeAccount } from "#lib/conversations/oversee-accounts";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { changeAccountBody } from "#lib/protocol/admin";
import { idSchema } from "#lib/protocol/ids";

const params = z.object({ accountId: idSchema });

export const PATCH = route(
  { by: "admin", params, body: changeAccountBody },
  async ({ server, accountId: byId, params, body }) =>
    json({ account: await changeAccount(server.database, { ...params, ...body, byId }) }),
);
