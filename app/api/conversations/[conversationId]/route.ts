import { z } from "zod";
import { changeConversation } from "#lib/conversations/change-conversation";
import { deleteConversation } from "#lib/conversations/delete-conversation";
import { loadSnapshot } from "#lib/conversations/load-snapshot";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { changeConversationBody } from "#lib/protocol/api";
import { idSchema } from "#lib/protocol/ids";

const params = z.object({ conversationId: idSchema });

export const GET = route({ params }, async ({ server, accountId, params }) =>
  json(await loadSnapshot(server.database, { accountId, ...params })),
);

export const PATCH = route(
  { params, body: changeConversationBody },
  async ({ server, accountId, params, body }) =>
    json(await changeConversation(server, { accountId, ...params, change: body })),
);

export const DELETE = route({ params }, async ({ server, accountId, params }) => {
  await deleteConversation(server, { accountId, ...params });
  return new Response(null, { status: 204 });
});
