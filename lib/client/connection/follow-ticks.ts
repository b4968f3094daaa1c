import { tickSchema } from "#lib/protocol/connection";
import { decodeFrames, type Frame } from "#lib/protocol/sse";
import { type Fetch, failureOf, ProblemError } from "../ask.ts";
import type { Clock } from "../clock.ts";

export type Tick = { sequence: number; dueAtMs: number; heardAtMs: number };

/** What was heard on a line of ticks, and when. */
export type Heard = {
  openedAtMs: number;
  /** Undefined where nothing came. */
  firstBytesAtMs: number | undefined;
  encoding: string | null;
  ticks: Tick[];
  /** When a comment came: a sign of life, and nothing else. */
  commentsAtMs: number[];
  endedAtMs: number;
};

/**
 * Follows a line of ticks until it ends, however it does, until `isEnough`, or until it is waited for no longer.
 *
 * @throws what a refusal by the server means
 */
export async function followTicks(
  { fetch, clock, signal }: { fetch: Fetch; clock: Clock; signal: AbortSignal },
  {
    ticks,
    everyMs,
    after,
    patienceMs,
    isEnough = () => false,
  }: {
    ticks: number;
    everyMs: number;
    after?: number;
    patienceMs: number;
    isEnough?: (heard: Heard) => boolean;
  },
): Promise<Heard> {
  const over = new AbortController();
  const giveUp = () => over.abort();
  const forget = clock.after(patienceMs, giveUp);
  if (signal.aborted) giveUp();
  signal.addEventListener("abort", giveUp, { once: true });
  const openedAtMs = clock.nowMs();
  const heard: Heard = {
    openedAtMs,
    firstBytesAtMs: undefined,
    encoding: null,
    ticks: [],
    commentsAtMs: [],
    endedAtMs: openedAtMs,
  };
  try {
    const response = await fetch(`/api/connection?ticks=${ticks}&everyMs=${everyMs}`, {
      headers: {
        accept: "text/event-stream",
        ...(after !== undefined && { "last-event-id": String(after) }),
      },
      cache: "no-store",
      signal: over.signal,
    });
    if (!response.ok) throw await failureOf(response);
    heard.encoding = response.headers.get("content-encoding");
    const pieces = response.body?.getReader();
    const decode = decodeFrames();
    while (pieces && !isEnough(heard)) {
      const { value } = await pieces.read();
      if (!value) break;
      heard.firstBytesAtMs ??= clock.nowMs();
      for (const frame of decode(value)) take(heard, frame, clock.nowMs());
    }
  } catch (error) {
    // A line that breaks or is not waited for any longer is what this is about. A refusal is not.
    if (isRefusal(error)) throw error;
  } finally {
    forget();
    signal.removeEventListener("abort", giveUp);
    over.abort();
    heard.endedAtMs = clock.nowMs();
  }
  return heard;
}

function take(heard: Heard, frame: Frame, nowMs: number): void {
  if (frame.kind === "comment") heard.commentsAtMs.push(nowMs);
  if (frame.kind !== "entry") return;
  const tick = tickSchema.safeParse(frame.event);
  if (tick.success) {
    heard.ticks.push({ sequence: frame.sequence, dueAtMs: tick.data.dueAtMs, heardAtMs: nowMs });
  }
}

const isRefusal = (error: unknown) => error instanceof ProblemError;
