import { shareConversation, unshareConversation } from "#lib/conversations/share-conversation";
import { json } from "#lib/http/answers";
import { newShareToken } from "#lib/http/random";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const PUT = route(operations.shareConversation, async ({ server, accountId, params }) =>
  json({ shareToken: await shareConversation(server, { accountId, ...params, newToken: newShareToken }) }),
);

export const DELETE = route(operations.unshareConversation, async ({ server, accountId, params }) => {
  await unshareConversation(server, { accountId, ...params });
  return new Response(null, { status: 204 });
});
