import { sendChat } from "#lib/conversations/send-chat";
import { chatStream } from "#lib/http/chat-stream";
import { route } from "#lib/http/route";
import { openLines } from "#lib/open-lines";
import { operations } from "#lib/protocol/operations";

export const POST = route(operations.sendChat, async ({ server, accountId, asker, body }) => {
  openLines().mustHaveRoom(accountId);
  return chatStream(server, { asker, asked: await sendChat(server, { accountId, body }) });
});
