import type { FollowDeps } from "#lib/conversations/follow-logs";
import { findEnd } from "#lib/generations/find-end";
import { readGeneration } from "#lib/generations/read-generations";
import type { FollowItem } from "#lib/log/follow";
import type { Sent } from "#lib/protocol/api";
import { eventStream } from "./event-stream.ts";
import { logFrames } from "./log-frames.ts";

/** The log from a prompt on, until its generation has ended. Hanging up ends the reading and nothing else. */
export function answerStream(
  deps: FollowDeps,
  { asker, conversationId, sent }: { asker: { accountId: string }; conversationId: string; sent: Sent },
): Response {
  const leave = new AbortController();
  const items = deps.log.follow({
    places: [{ logId: conversationId, after: sent.sequence - 1 }],
    signal: leave.signal,
  });
  const isOver = async (item: FollowItem) => {
    if (item.kind === "entries") return findEnd(item.entries, sent.generationId) !== undefined;
    // What the log told of the end may not be kept any more.
    return item.kind === "reset" && (await hasEnded(deps, sent));
  };
  return eventStream({ frames: logFrames(upToEnd(items, sent.generationId), { isOver }), leave, asker });
}

async function hasEnded({ database }: FollowDeps, { generationId }: Sent): Promise<boolean> {
  return (await readGeneration(database, generationId))?.endedAt !== undefined;
}

/** What came after the end, because the prompt was sent long ago and is sent again, is not a part of its answer. */
async function* upToEnd(items: AsyncGenerator<FollowItem>, generationId: string): AsyncGenerator<FollowItem> {
  for await (const item of items) {
    const end = item.kind === "entries" ? findEnd(item.entries, generationId) : undefined;
    if (item.kind !== "entries" || !end) yield item;
    else yield { ...item, entries: item.entries.filter(({ sequence }) => sequence <= end.sequence) };
  }
}
