import type { FollowDeps } from "#lib/conversations/follow-logs";
import { readGeneration } from "#lib/generations/read-generations";
import type { Sent } from "#lib/protocol/api";
import { eventStream } from "./event-stream.ts";
import { logFrames } from "./log-frames.ts";

/** The log from a prompt on, until its generation has ended. Hanging up ends the reading and nothing else. */
export function answerStream(
  deps: FollowDeps,
  { conversationId, sent }: { conversationId: string; sent: Sent },
): Response {
  const leave = new AbortController();
  const items = deps.log.follow({
    places: [{ logId: conversationId, after: sent.sequence - 1 }],
    signal: leave.signal,
  });
  const hasEnded = async () =>
    (await readGeneration(deps.database, sent.generationId))?.endedAt !== undefined;
  return eventStream({ frames: logFrames(items, { isIdle: hasEnded }), leave });
}
