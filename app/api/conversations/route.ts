import { createConversation } from "#lib/conversations/create-conversation";
import { listConversations } from "#lib/conversations/list-conversations";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.listConversations, async ({ server, accountId, query }) => {
  const { q: search, archived, ...page } = query;
  const isArchived = archived === undefined ? {} : { archived: archived === "true" };
  return json(await listConversations(server.database, { accountId, ...page, ...isArchived, search }));
});

export const POST = route(operations.createConversation, async ({ server, accountId, body }) => {
  const { conversation, isNew } = await createConversation(server, { accountId, body });
  return json({ conversation }, isNew ? 201 : 200);
});
