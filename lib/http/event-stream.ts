import type { Asker } from "#lib/asker";
import { type Bye, type OpenLines, openLines } from "#lib/open-lines";
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
 *
 * @throws `rate-limited` where the asker has as many lines as they may
 */
export function eventStream({
  frames,
  leave,
  asker,
  early = "say-bye",
  lines = openLines(),
}: {
  frames: AsyncGenerator<string>;
  leave: AbortController;
  /** By whom it is held: whoever is signed out loses it. */
  asker: Asker;
  /**
   * How the line ends before its frames do. `break`: for a reader who knows no goodbye, and takes an ended response
   * for a whole one. It is ended only when the server goes or its asker is signed out, and so that it looks like what
   * it is.
   */
  early?: "say-bye" | "break";
  lines?: OpenLines;
}): Response {
  let bye: Bye | undefined;
  let interrupt: (() => void) | undefined;
  const forget = add();
  const rotateAfterMs = LINE_MAX_MS + (Math.random() * 2 - 1) * LINE_JITTER_MS;
  const rotation =
    early === "say-bye" ? setTimeout(() => end({ reason: "rotate", retryMs: 0 }), rotateAfterMs) : undefined;
  // One for all waits of the line, wound up by each: it is far more often wound up than it runs down.
  const silence = setTimeout(() => interrupt?.(), KEEP_ALIVE_MS);
  let next: Promise<IteratorResult<string>> | undefined;

  function add(): ReturnType<OpenLines["add"]> {
    try {
      return lines.add(end, asker);
    } catch (error) {
      letGo();
      throw error;
    }
  }

  function end(why: Bye): void {
    bye ??= why;
    interrupt?.();
  }

  function close(): void {
    clearTimeout(rotation);
    clearTimeout(silence);
    forget(bye?.reason);
    letGo();
  }

  function letGo(): void {
    leave.abort();
    // A generator that nobody asks any more stands still at what it said last. This lets go of what it holds.
    void frames.return(undefined);
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    next ??= frames.next();
    silence.refresh();
    const wait = unlessInterrupted(next);
    interrupt = wait.interrupt;
    if (bye) interrupt();
    const news = await wait.news;
    if (leave.signal.aborted) return; // The reader went meanwhile.
    if (!news && !bye) return controller.enqueue(encoder.encode(COMMENT_FRAME));
    if (news && !news.done) {
      next = undefined;
      return controller.enqueue(encoder.encode(news.value));
    }
    // By this name Next breaks the connection and does not take it for a failure of ours.
    if (bye && early === "break") throw new DOMException(`broken off: ${bye.reason}`, "AbortError");
    if (bye) controller.enqueue(encoder.encode(controlFrame("bye", bye)));
    controller.close();
    close();
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(retryFrame(RECONNECT_MS))),
      pull: (controller) =>
        pull(controller).catch((error) => {
          close();
          throw error;
        }),
      cancel: close,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: HEADERS });
}

/**
 * What comes next; undefined when interrupted. Each wait is a promise of its own: one promise that lives as long as
 * the line would keep every frame that was ever raced against it.
 */
function unlessInterrupted<News>(next: Promise<News>) {
  const { promise, resolve, reject } = Promise.withResolvers<News | undefined>();
  next.then(resolve, reject);
  return { news: promise, interrupt: () => resolve(undefined) };
}
