import { importConversation } from "#lib/conversations/import-conversation";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const POST = route(operations.importConversation, async ({ server, accountId, body }) => {
  const now = new Date();
  const { conversation, isNew } = await importConversation(server, { accountId, body, now });
  return json({ conversation }, isNew ? 201 : 200);
});
