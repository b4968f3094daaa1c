import { createConversation } from "#lib/conversations/create-conversation";
import { listConversations } from "#lib/conversations/list-conversations";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.listConversations, async ({ server, accountId, query: { q, ...page } }) =>
  json(await listConversations(server.database, { accountId, ...page, search: q })),
);

export const POST = route(operations.createConversation, async ({ server, accountId, body }) => {
  const { conversation, isNew } = await createConversation(server, { accountId, body });
  return json({ conversation }, isNew ? 201 : 200);
});
