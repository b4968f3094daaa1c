import { type Ended, findEnd } from "#lib/generations/find-end";
import { readGeneration } from "#lib/generations/read-generations";
import { readMessage } from "#lib/messages/read-messages";
import type { Sent } from "#lib/protocol/api";
import { type FollowDeps, type Wait, waiting } from "./follow-logs.ts";

/** Waits until a prompt's generation has ended; undefined if it has not by then. */
export async function waitForEnd(
  deps: FollowDeps,
  { conversationId, sent, ...wait }: { conversationId: string; sent: Sent } & Wait,
): Promise<Ended | undefined> {
  const place = { logId: conversationId, after: sent.sequence };
  for await (const item of deps.log.follow({ places: [place], signal: waiting(wait) })) {
    if (item.kind === "reset") return storedEnd(deps, { sent, sequence: item.sequence });
    const ended = item.kind === "entries" ? findEnd(item.entries, sent.generationId) : undefined;
    if (ended) return ended;
  }
  return undefined;
}

/** The log is not kept any more; what it led to is. */
async function storedEnd(
  deps: FollowDeps,
  { sent, sequence }: { sent: Sent; sequence: number },
): Promise<Ended | undefined> {
  const generation = await readGeneration(deps.database, sent.generationId);
  const message = await readMessage(deps.database, sent.answerId);
  return generation?.endedAt && message ? { message, generation, sequence } : undefined;
}
