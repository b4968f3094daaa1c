import type { Frame } from "#lib/protocol/sse";
import type { Fetch } from "./ask.ts";
import type { Clock } from "./clock.ts";
import { poll } from "./poll.ts";
import { type RequestEnd, receive } from "./receive.ts";
import type { World } from "./world.ts";

/** The server says something at least this often, if only that it is there. */
export const KEEP_ALIVE_MS = 15_000;
/** A line that is silent for longer is dead. One sign of life may be late or lost on the way. */
export const SILENCE_MS = KEEP_ALIVE_MS * 2.5;
/** The first bytes leave the server at once, so a new request is waited for less. */
export const FIRST_BYTES_MS = 8_000;
/**
 * So many tries are waited for as long, and as many more for twice that, and so on: a browser puts a request on a connection
 * that it kept, and where a network is gone without a word, up to six of them are as dead as the first.
 */
const TRIES_AS_LONG = 3;

export type Subscription = {
  /** Lets the request go. Nothing is told afterwards. */
  leave(): void;
  /** How long ago something was heard, or the request went out. */
  silentForMs(): number;
  /** Looks whether it is dead by now. It does so by itself, but late in a tab that nobody looks at. */
  judge(): void;
};

/**
 * Opens a request for a line, or asks for its pages one after the other, and watches over it: one that ends, and one that falls silent, is told of once.
 * A socket whose network is gone may stay open for minutes without a word, so silence is judged by the clock.
 */
export function subscribe(
  { fetch, clock, world }: { fetch: Fetch; clock: Clock; world: World },
  {
    address,
    framesOfPage,
    attempt,
    isPolled,
    onFrame,
    onEnd,
  }: {
    address: () => string;
    framesOfPage: (content: unknown) => Frame[];
    attempt: number;
    /** Whether its news are asked for page by page. */
    isPolled: boolean;
    onFrame: (frame: Frame) => void;
    onEnd: (end: RequestEnd | { kind: "silent" }) => void;
  },
): Subscription {
  const over = new AbortController();
  let heardAtMs = clock.nowMs();
  let patienceMs = Math.min(SILENCE_MS, FIRST_BYTES_MS * (1 + Math.floor(attempt / TRIES_AS_LONG)));
  let forget = clock.after(patienceMs, judge);

  function leave() {
    forget();
    over.abort();
  }

  function end(how: RequestEnd | { kind: "silent" }) {
    if (over.signal.aborted) return;
    leave();
    onEnd(how);
  }

  function judge() {
    if (over.signal.aborted) return;
    forget();
    const leftMs = heardAtMs + patienceMs - clock.nowMs();
    if (leftMs <= 0) end({ kind: "silent" });
    else forget = clock.after(leftMs, judge);
  }

  const onHeard = () => {
    heardAtMs = clock.nowMs();
    patienceMs = SILENCE_MS;
  };
  const bringing = { fetch, signal: over.signal, onHeard, onFrame };
  const brought = isPolled
    ? poll({ ...bringing, clock, world, address, framesOfPage })
    : receive({ ...bringing, address: address() });
  void brought.then(end);

  return { leave, judge, silentForMs: () => clock.nowMs() - heardAtMs };
}
