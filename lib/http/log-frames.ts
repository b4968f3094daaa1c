import type { FollowItem } from "#lib/log/follow";
import { isEvent, type StoredEntry } from "#lib/log/stored-entry";
import type { ConversationEvent } from "#lib/protocol/event";
import { controlFrame, DONE_FRAME, entryFrame } from "#lib/protocol/sse";

/**
 * A log's items as frames. With `isIdle`, they end once everything is told and nothing more is to come: it is asked
 * when the reader has caught up, and after each generation that ends from then on.
 */
export async function* logFrames(
  items: AsyncGenerator<FollowItem>,
  { isIdle }: { isIdle?: () => Promise<boolean> } = {},
): AsyncGenerator<string> {
  let isCaughtUp = false;
  for await (const item of items) {
    if (item.kind === "entries") {
      yield item.entries.map(logFrame).join("");
      if (has(item.entries, "conversation-deleted")) {
        return yield controlFrame("bye", { reason: "conversation-deleted", retryMs: 0 });
      }
    } else {
      isCaughtUp = true;
      yield controlFrame(item.kind, { sequence: item.sequence });
    }
    const mayBeOver = item.kind !== "entries" || has(item.entries, "generation-end");
    if (isCaughtUp && mayBeOver && (await isIdle?.())) return yield DONE_FRAME;
  }
}

function logFrame({ first, sequence, text }: StoredEntry): string {
  return entryFrame({ id: String(sequence), first, sequence, eventText: text });
}

const has = (entries: StoredEntry[], type: ConversationEvent["type"]) =>
  entries.some((entry) => isEvent(entry, type));

/** Several logs on one line. A frame's id is the whole position of the line, so that it can be rejoined by it. */
export async function* severalLogsFrames(
  items: AsyncGenerator<FollowItem>,
  { places, nameOf }: { places: { logId: string; after: number }[]; nameOf: (logId: string) => string },
): AsyncGenerator<string> {
  const position = new Map(places.map(({ logId, after }) => [logId, after]));
  const id = () => [...position].map(([logId, after]) => `${nameOf(logId)}:${after}`).join(",");
  for await (const item of items) {
    const log = nameOf(item.logId);
    if (item.kind !== "entries") {
      position.set(item.logId, item.sequence);
      yield controlFrame(item.kind, { log, sequence: item.sequence });
      continue;
    }
    let frames = "";
    for (const { first, sequence, text } of item.entries) {
      position.set(item.logId, sequence);
      frames += entryFrame({ id: id(), log, first, sequence, eventText: text });
    }
    yield frames;
    if (log === item.logId && has(item.entries, "conversation-deleted")) {
      yield controlFrame("bye", { log, reason: "conversation-deleted", retryMs: 0 });
    }
  }
}
