import type { FollowItem } from "#lib/log/follow";
import { readAfter } from "#lib/log/read";
import { encodeEvent, type StoredEntry } from "#lib/log/stored-entry";
import type { Snapshot } from "#lib/protocol/event";
import { createShareLog } from "#lib/protocol/share-log";
import { type FollowDeps, type Page, somethingAfter, type Wait } from "./follow-logs.ts";
import { loadShared } from "./load-share.ts";
import { noSuchShare } from "./shared.ts";

/** What a line tells whoever has the link. `over`: the link was taken back. */
export type ShareItem = FollowItem | { kind: "over" };

type Place = { shareToken: string; after: number };

/** Follows what a link leads to, as those may see it who have the link. Throws before the first item if it leads nowhere. */
export async function followShare(
  deps: FollowDeps,
  { shareToken, after, signal }: Place & { signal: AbortSignal },
): Promise<AsyncGenerator<ShareItem>> {
  const now = await loadShared(deps.database, shareToken);
  const places = [{ logId: now.conversation.id, after }];
  return tellAll(deps, { now, shareToken, items: deps.log.follow({ places, signal }) });
}

async function* tellAll(
  deps: FollowDeps,
  { now, shareToken, items }: { now: Snapshot; shareToken: string; items: AsyncGenerator<FollowItem> },
): AsyncGenerator<ShareItem> {
  let log = createShareLog(now, shareToken);
  for await (const item of items) {
    if (item.kind === "entries") {
      for (const told of tell(log, item.logId, item.entries)) {
        yield told;
        if (told.kind === "over") return;
      }
      continue;
    }
    yield item;
    // What lies between is told by no entry, so the view begins anew as well.
    if (item.kind === "reset") log = createShareLog(await loadShared(deps.database, shareToken), shareToken);
  }
}

function* tell(
  log: ReturnType<typeof createShareLog>,
  logId: string,
  stored: StoredEntry[],
): Generator<ShareItem> {
  let entries: StoredEntry[] = [];
  for (const { first, sequence, text } of stored) {
    const told = log.tell({ first, sequence, event: JSON.parse(text) });
    if (told.kind === "entry") entries.push({ first, sequence, text: encodeEvent(told.entry.event) });
    if (told.kind === "entry" || told.kind === "nothing") continue;
    if (entries.length > 0) yield { kind: "entries", logId, entries };
    entries = [];
    yield told.kind === "over" ? told : { kind: "reset", logId, sequence: told.sequence };
  }
  if (entries.length > 0) yield { kind: "entries", logId, entries };
}

/** One page of what came after a number. With `waitMs`, an empty page waits that long for something to come. */
export async function readSharePage(
  deps: FollowDeps,
  { shareToken, after, ...wait }: Place & Wait,
): Promise<Page> {
  const now = await loadShared(deps.database, shareToken);
  const { sequence: head, conversation } = now;
  const log = createShareLog(now, shareToken);
  const logId = conversation.id;
  if (after === head && wait.waitMs > 0) await somethingAfter(deps, { logId, after }, wait);
  const stored = after > head ? [] : await readAfter(deps.database, { logId, after });
  const isGone = after > head || (stored.length === 0 ? after < head : stored[0]?.first !== after + 1);
  const items = isGone ? [] : [...tell(log, logId, stored)];
  if (items.some(({ kind }) => kind === "over")) throw noSuchShare();
  const generating = log.isGenerating();
  if (isGone || items.some(({ kind }) => kind === "reset")) {
    return { entries: [], sequence: Math.max(head, stored.at(-1)?.sequence ?? 0), generating, reset: true };
  }
  const entries = items.flatMap((item) => (item.kind === "entries" ? item.entries : []));
  return { entries, sequence: stored.at(-1)?.sequence ?? after, generating };
}
