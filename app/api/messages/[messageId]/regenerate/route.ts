import { regenerate } from "#lib/conversations/regenerate";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const POST = route(operations.regenerate, async ({ server, accountId, params, body }) => {
  const { sent, isNew } = await regenerate(server, { accountId, ...params, body });
  return json(sent, isNew ? 202 : 200);
});
