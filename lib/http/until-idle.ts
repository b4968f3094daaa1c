import type { FollowItem } from "#lib/log/follow";
import { isEvent } from "#lib/log/stored-entry";

/**
 * Whether a reader of one log has been told everything and nothing more is to come. `idleAt` is the log's head if
 * nothing is being generated. An answer may end between the last item and this question, so what is told is held
 * against the head: its end is told before the goodbye.
 */
export function untilIdle(idleAt: () => Promise<number | undefined>): (item: FollowItem) => Promise<boolean> {
  let isCaughtUp = false;
  let endsAt = Number.POSITIVE_INFINITY;
  return async (item) => {
    const told = item.kind === "entries" ? (item.entries.at(-1)?.sequence ?? 0) : item.sequence;
    const mayBeOver = item.kind !== "entries" || told >= endsAt || hasEnd(item);
    isCaughtUp ||= item.kind !== "entries";
    if (!isCaughtUp || !mayBeOver) return false;
    endsAt = (await idleAt()) ?? Number.POSITIVE_INFINITY;
    return told >= endsAt;
  };
}

const hasEnd = (item: FollowItem) =>
  item.kind === "entries" && item.entries.some((entry) => isEvent(entry, "generation-end"));
