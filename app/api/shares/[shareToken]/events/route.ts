import { followShare, readSharePage } from "#lib/conversations/follow-share";
import { json, wantsEvents } from "#lib/http/answers";
import { eventStream } from "#lib/http/event-stream";
import { heldOpen } from "#lib/http/held-open";
import { pageBody, shareFrames } from "#lib/http/log-frames";
import { afterOf } from "#lib/http/place";
import { route } from "#lib/http/route";
import { readerOf } from "#lib/http/share-reader";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.followShare, async ({ request, server, params, query }) => {
  const { shareToken } = params;
  const after = afterOf(request, query.after);
  if (!wantsEvents(request)) {
    const page = await heldOpen(readerOf(shareToken), (leave) =>
      readSharePage(server, { shareToken, after, waitMs: query.wait * 1000, leave }),
    );
    return json(pageBody(page));
  }
  const leave = new AbortController();
  const items = await followShare(server, { shareToken, after, signal: leave.signal });
  return eventStream({ frames: shareFrames(items), leave, asker: readerOf(shareToken) });
});
