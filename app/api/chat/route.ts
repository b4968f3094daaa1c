import { sendChat } from "#lib/conversations/send-chat";
import { chatStream } from "#lib/http/chat-stream";
import { route } from "#lib/http/route";
import { chatBody } from "#lib/protocol/chat";

export const POST = route({ body: chatBody }, async ({ server, accountId, body }) =>
  chatStream(server, await sendChat(server, { accountId, body })),
);
