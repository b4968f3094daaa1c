import type { Database } from "#lib/database/client";
import { readGenerating } from "#lib/generations/read-generations";
import type { FollowItem, Place } from "#lib/log/follow";
import { readAfter, readHeads } from "#lib/log/read";
import type { StoredEntry } from "#lib/log/stored-entry";
import { PAGE_MAX_BYTES } from "#lib/protocol/api";
import type { Deps } from "./deps.ts";
import { mustOwn, owned } from "./owner.ts";

/** The name by which an account's own log is asked for. */
export const ACCOUNT_LOG = "account";

export type FollowDeps = Pick<Deps, "database" | "log">;

/** Follows logs that are this account's: its own, and any of its conversations. Throws before the first item if one is not. */
export async function followLogs(
  deps: FollowDeps,
  { accountId, places, signal }: { accountId: string; places: Place[]; signal: AbortSignal },
): Promise<AsyncGenerator<FollowItem>> {
  const conversationIds = places.map(({ logId }) => logId).filter((logId) => logId !== accountId);
  await mustOwn(deps.database, { accountId, conversationIds });
  return deps.log.follow({ places, signal });
}

/** How long to wait for something to come, unless `leave` says before that nobody waits any more. */
export type Wait = { waitMs: number; leave: AbortSignal };

export const waiting = ({ waitMs, leave }: Wait) => AbortSignal.any([leave, AbortSignal.timeout(waitMs)]);

/**
 * What a line would tell first: of each log all that there is, up to a page's size, and with `waitMs` the first that
 * comes. Whoever asks again after it with the numbers that it brought has missed nothing.
 */
export async function readLinePage(
  deps: FollowDeps,
  { accountId, places, waitMs, leave }: { accountId: string; places: Place[] } & Wait,
): Promise<FollowItem[]> {
  const signal = waitMs > 0 ? waiting({ waitMs, leave }) : NEVER;
  const told: FollowItem[] = [];
  const untold = new Set(places.map(({ logId }) => logId));
  let bytes = 0;
  for await (const item of await followLogs(deps, { accountId, places, signal })) {
    told.push(item);
    if (item.kind === "entries") bytes += bytesOf(item.entries);
    else untold.delete(item.logId);
    const hasNews = told.some(({ kind }) => kind !== "caught-up");
    if (bytes >= PAGE_MAX_BYTES || (untold.size === 0 && (hasNews || waitMs === 0))) break;
  }
  return told;
}

const NEVER = new AbortController().signal;

const bytesOf = (entries: StoredEntry[]) =>
  entries.reduce((bytes, { text }) => bytes + Buffer.byteLength(text), 0);

export type Page = { entries: StoredEntry[]; sequence: number; generating: boolean; reset?: true };

/** One page of what came after a number. With `waitMs`, an empty page waits that long for something to come. */
export async function readPage(
  deps: FollowDeps,
  {
    accountId,
    conversationId,
    after,
    ...wait
  }: { accountId: string; conversationId: string; after: number } & Wait,
): Promise<Page> {
  await owned(deps.database, { accountId, conversationId });
  const head = await headOf(deps.database, conversationId);
  if (after === head && wait.waitMs > 0) await somethingAfter(deps, { logId: conversationId, after }, wait);
  // Asked before the entries are read: who is told that nothing is being generated is told how it ended, too.
  const generating = await isGenerating(deps.database, conversationId);
  const entries = after > head ? [] : await readAfter(deps.database, { logId: conversationId, after });
  const isGone = after > head || (entries.length === 0 ? after < head : entries[0]?.first !== after + 1);
  if (isGone) return { entries: [], sequence: head, generating, reset: true };
  return { entries, sequence: entries.at(-1)?.sequence ?? after, generating };
}

/** The head of a conversation's log if nothing is being generated: what there is to tell is there. */
export async function idleAt(database: Database, conversationId: string): Promise<number | undefined> {
  return (await isGenerating(database, conversationId)) ? undefined : headOf(database, conversationId);
}

async function isGenerating(database: Database, conversationId: string): Promise<boolean> {
  return (await readGenerating(database, [conversationId])).has(conversationId);
}

async function headOf(database: Database, conversationId: string): Promise<number> {
  return (await readHeads(database, [conversationId])).get(conversationId) ?? 0;
}

/** Waits for a log to grow, no longer than anybody waits for that. */
export async function somethingAfter(deps: FollowDeps, place: Place, wait: Wait): Promise<void> {
  for await (const item of deps.log.follow({ places: [place], signal: waiting(wait) })) {
    if (item.kind !== "caught-up") return;
  }
}
