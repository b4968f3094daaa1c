import { changeConversation } from "#lib/conversations/change-conversation";
import { deleteConversation } from "#lib/conversations/delete-conversation";
import { loadSnapshot } from "#lib/conversations/load-snapshot";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.loadSnapshot, async ({ server, accountId, params }) =>
  json(await loadSnapshot(server.database, { accountId, ...params })),
);

export const PATCH = route(operations.changeConversation, async ({ server, accountId, params, body }) =>
  json(await changeConversation(server, { accountId, ...params, change: body })),
);

export const DELETE = route(operations.deleteConversation, async ({ server, accountId, params }) => {
  await deleteConversation(server, { accountId, ...params });
  return new Response(null, { status: 204 });
});
