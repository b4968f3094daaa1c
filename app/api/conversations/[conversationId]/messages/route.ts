import { z } from "zod";
import { sendPrompt } from "#lib/conversations/send-prompt";
import { waitForEnd } from "#lib/conversations/wait-for-end";
import { answerStream } from "#lib/http/answer-stream";
import { json, preferredWaitMs, wantsEvents } from "#lib/http/answers";
import { PREFER_WAIT_MAX_SECONDS } from "#lib/http/limits";
import { route } from "#lib/http/route";
import { openLines } from "#lib/open-lines";
import { sendPromptBody } from "#lib/protocol/api";
import { idSchema } from "#lib/protocol/ids";

const params = z.object({ conversationId: idSchema });

export const POST = route(
  { params, body: sendPromptBody },
  async ({ request, server, accountId, asker, params, body }) => {
    const { conversationId } = params;
    if (wantsEvents(request)) openLines().mustHaveRoom(accountId);
    const { sent, isNew } = await sendPrompt(server, { accountId, conversationId, prompt: body });
    if (wantsEvents(request)) return answerStream(server, { asker, conversationId, sent });
    const waitMs = preferredWaitMs(request, PREFER_WAIT_MAX_SECONDS);
    const ended =
      waitMs === undefined ? undefined : await waitForEnd(server, { conversationId, sent, waitMs });
    return ended ? json(ended) : json(sent, isNew || waitMs !== undefined ? 202 : 200);
  },
);
