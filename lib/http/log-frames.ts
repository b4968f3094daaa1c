import type { Page } from "#lib/conversations/follow-logs";
import type { ShareItem } from "#lib/conversations/follow-share";
import type { FollowItem } from "#lib/log/follow";
import { isEvent, type StoredEntry } from "#lib/log/stored-entry";
import { controlFrame, DONE_FRAME, entryFrame } from "#lib/protocol/sse";

/** A log's items as frames. With `isOver`, which is asked after each item, they end when nothing more is to be told. */
export async function* logFrames(
  items: AsyncGenerator<FollowItem>,
  { isOver }: { isOver?: (item: FollowItem) => Promise<boolean> } = {},
): AsyncGenerator<string> {
  for await (const item of items) {
    if (item.kind !== "entries") yield controlFrame(item.kind, { sequence: item.sequence });
    else yield item.entries.map(logFrame).join("");
    if (isDeleted(item)) return yield controlFrame("bye", { reason: "conversation-deleted", retryMs: 0 });
    if (await isOver?.(item)) return yield DONE_FRAME;
  }
}

/** The same for whoever has only a link. When it is taken back they are told that there is nothing more to come. */
export async function* shareFrames(items: AsyncGenerator<ShareItem>): AsyncGenerator<string> {
  for await (const item of items) {
    if (item.kind === "over") return yield controlFrame("bye", { reason: "share-ended", retryMs: 0 });
    yield* logFrames(only(item));
    if (isDeleted(item)) return;
  }
}

async function* only(item: FollowItem): AsyncGenerator<FollowItem> {
  yield item;
}

function logFrame({ first, sequence, text }: StoredEntry): string {
  return entryFrame({ id: String(sequence), first, sequence, eventText: text });
}

const isDeleted = (item: FollowItem) =>
  item.kind === "entries" && item.entries.some((entry) => isEvent(entry, "conversation-deleted"));

/** The same entries for whoever asks for a page of them instead of a line. */
export const pageBody = (page: Page) => ({
  ...page,
  entries: page.entries.map(({ first, sequence, text }) => ({ first, sequence, event: JSON.parse(text) })),
});

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
    if (log === item.logId && isDeleted(item)) {
      yield controlFrame("bye", { log, reason: "conversation-deleted", retryMs: 0 });
    }
  }
}
