import { findInFlight } from "#lib/conversations/find-in-flight";
import { chatStream } from "#lib/http/chat-stream";
import { route } from "#lib/http/route";
import { chatParams } from "#lib/protocol/chat";
import { conversationIdOf } from "#lib/protocol/foreign-ids";

export const GET = route({ params: chatParams }, async ({ server, accountId, params }) => {
  const conversationId = await conversationIdOf({ accountId, foreignId: params.conversationId });
  const asked = await findInFlight(server, { accountId, conversationId });
  return asked ? chatStream(server, asked) : new Response(null, { status: 204 });
});
