import { setTimeout as pause } from "node:timers/promises";
import { DONE_FRAME, entryFrame } from "#lib/protocol/sse";

/** Numbered ticks after a number, each when it is due: a line of which everybody knows what should be on it, and when. */
export async function* ticks(
  { ticks: count, everyMs, after }: { ticks: number; everyMs: number; after: number },
  signal: AbortSignal,
): AsyncGenerator<string> {
  const openedAtMs = Date.now();
  for (let sequence = after + 1; sequence <= count; sequence += 1) {
    const dueAtMs = openedAtMs + (sequence - after) * everyMs;
    const isOver = await pause(Math.max(0, dueAtMs - Date.now()), false, { signal }).catch(() => true);
    if (isOver) return;
    const eventText = JSON.stringify({ type: "tick", dueAtMs });
    yield entryFrame({ id: String(sequence), first: sequence, sequence, eventText });
  }
  yield DONE_FRAME;
}
