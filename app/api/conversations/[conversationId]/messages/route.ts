import { sendPrompt } from "#lib/conversations/send-prompt";
import { waitForEnd } from "#lib/conversations/wait-for-end";
import { answerStream } from "#lib/http/answer-stream";
import { json, preferredWaitMs, wantsEvents } from "#lib/http/answers";
import { heldOpen } from "#lib/http/held-open";
import { PREFER_WAIT_MAX_SECONDS } from "#lib/http/limits";
import { route } from "#lib/http/route";
import { openLines } from "#lib/open-lines";
import { operations } from "#lib/protocol/operations";

export const POST = route(
  operations.sendPrompt,
  async ({ request, server, accountId, asker, params, body }) => {
    const { conversationId } = params;
    if (wantsEvents(request)) openLines().mustHaveRoom(accountId);
    const { sent, isNew } = await sendPrompt(server, { accountId, conversationId, prompt: body });
    if (wantsEvents(request)) return answerStream(server, { asker, conversationId, sent });
    const waitMs = preferredWaitMs(request, PREFER_WAIT_MAX_SECONDS);
    const ended =
      waitMs === undefined
        ? undefined
        : await heldOpen(asker, (leave) => waitForEnd(server, { conversationId, sent, waitMs, leave }));
    return ended ? json(ended) : json(sent, isNew || waitMs !== undefined ? 202 : 200);
  },
);
