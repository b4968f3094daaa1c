import { giveApproval } from "#lib/conversations/give-approval";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const POST = route(operations.giveApproval, async ({ server, accountId, params, body }) => {
  const { given, isNew } = await giveApproval(server, { accountId, ...params, body });
  return json(given, isNew ? 202 : 200);
});
