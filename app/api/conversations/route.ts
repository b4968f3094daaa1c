import { z } from "zod";
import { createConversation } from "#lib/conversations/create-conversation";
import { listConversations } from "#lib/conversations/list-conversations";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { createConversationBody } from "#lib/protocol/api";

const query = z.object({
  before: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  q: z.string().trim().max(200).optional(),
});

export const GET = route({ query }, async ({ server, accountId, query: { q, ...page } }) =>
  json(await listConversations(server.database, { accountId, ...page, search: q })),
);

export const POST = route({ body: createConversationBody }, async ({ server, accountId, body }) => {
  const { conversation, isNew } = await createConversation(server, { accountId, body });
  return json({ conversation }, isNew ? 201 : 200);
});
