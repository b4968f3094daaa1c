import { z } from "zod";
import { followLogs, idleAt, readPage } from "#lib/conversations/follow-logs";
import { json, wantsEvents } from "#lib/http/answers";
import { eventStream } from "#lib/http/event-stream";
import { logFrames } from "#lib/http/log-frames";
import { afterOf, followQuery } from "#lib/http/place";
import { route } from "#lib/http/route";
import { untilIdle } from "#lib/http/until-idle";
import { openLines } from "#lib/open-lines";
import { idSchema } from "#lib/protocol/ids";

const params = z.object({ conversationId: idSchema });

export const GET = route(
  { params, query: followQuery },
  async ({ request, server, accountId, asker, params, query }) => {
    const { conversationId } = params;
    const after = afterOf(request, query.after);
    if (!wantsEvents(request)) {
      const waitMs = query.wait * 1000;
      const page = await openLines().during(accountId, () =>
        readPage(server, { accountId, conversationId, after, waitMs }),
      );
      const entries = page.entries.map(({ first, sequence, text }) => ({
        first,
        sequence,
        event: JSON.parse(text),
      }));
      return json({ ...page, entries });
    }
    const leave = new AbortController();
    const places = [{ logId: conversationId, after }];
    const items = await followLogs(server, { accountId, places, signal: leave.signal });
    const isOver = query.until && untilIdle(() => idleAt(server.database, conversationId));
    return eventStream({ frames: logFrames(items, { isOver }), leave, asker });
  },
);
