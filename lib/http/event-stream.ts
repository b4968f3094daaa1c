import { type Bye, openLines } from "#lib/open-lines";
import { COMMENT_FRAME, controlFrame, retryFrame } from "#lib/protocol/sse";
import { KEEP_ALIVE_MS, LINE_JITTER_MS, LINE_MAX_MS, RECONNECT_MS } from "./limits.ts";

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // no-transform: compression would hold events back, and costs three times the memory per line.
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

const encoder = new TextEncoder();

/**
 * Server-sent events from frames that are asked for one by one. Nothing is fetched that the reader has not asked
 * for, so a reader who stalls costs nothing. `frames` is ended through `leave` when the reader goes.
 */
export function eventStream({
  frames,
  leave,
}: {
  frames: AsyncGenerator<string>;
  leave: AbortController;
}): Response {
  const rotateAfterMs = LINE_MAX_MS + (Math.random() * 2 - 1) * LINE_JITTER_MS;
  const end = Promise.withResolvers<Bye>();
  const rotation = setTimeout(() => end.resolve({ reason: "rotate", retryMs: 0 }), rotateAfterMs);
  const forget = openLines().add((bye) => end.resolve(bye));
  let next: Promise<IteratorResult<string>> | undefined;

  function close(): void {
    clearTimeout(rotation);
    forget();
    leave.abort();
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(retryFrame(RECONNECT_MS)));
      },

      async pull(controller) {
        next ??= frames.next();
        const news = await firstOf(next, end.promise);
        if (news === "silence") return controller.enqueue(encoder.encode(COMMENT_FRAME));
        if ("reason" in news) {
          controller.enqueue(encoder.encode(controlFrame("bye", news)));
          controller.close();
          return close();
        }
        next = undefined;
        if (!news.done) return controller.enqueue(encoder.encode(news.value));
        controller.close();
        close();
      },

      cancel: close,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: HEADERS });
}

async function firstOf(next: Promise<IteratorResult<string>>, end: Promise<Bye>) {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<"silence">((resolve) => {
    timer = setTimeout(() => resolve("silence"), KEEP_ALIVE_MS);
  });
  try {
    return await Promise.race([next, end, silence]);
  } finally {
    clearTimeout(timer);
  }
}
