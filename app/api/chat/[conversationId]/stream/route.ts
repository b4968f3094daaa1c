import { findInFlight } from "#lib/conversations/find-in-flight";
import { chatStream } from "#lib/http/chat-stream";
import { route } from "#lib/http/route";
import { conversationIdOf } from "#lib/protocol/foreign-ids";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.followChat, async ({ server, accountId, asker, params }) => {
  const conversationId = await conversationIdOf({ accountId, foreignId: params.conversationId });
  const asked = await findInFlight(server, { accountId, conversationId });
  return asked ? chatStream(server, { asker, asked }) : new Response(null, { status: 204 });
});
