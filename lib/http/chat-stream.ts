import type { Asker } from "#lib/asker";
import type { Asked } from "#lib/conversations/find-in-flight";
import type { FollowDeps } from "#lib/conversations/follow-logs";
import type { FollowItem } from "#lib/log/follow";
import { isEvent, type StoredEntry } from "#lib/log/stored-entry";
import { createAnswerView, sorry } from "#lib/protocol/answer-view";
import type { Chunk, ConversationEvent } from "#lib/protocol/event";
import { DONE_FRAME } from "#lib/protocol/sse";
import { eventStream } from "./event-stream.ts";

const NOT_KEPT =
  "This answer was given long ago, and how it came about is not kept. Load the conversation to read it.";

/**
 * An answer from its beginning, as the AI SDK's UI message stream. Hanging up ends the reading and nothing else.
 * Such a reader takes an ended response for a finished answer, and comes back only to one that broke. So it is not
 * ended on purpose as our own lines are: an answer has an end, and whatever on the way cuts it before is that break.
 */
export function chatStream(deps: FollowDeps, { asker, asked }: { asker: Asker; asked: Asked }): Response {
  const leave = new AbortController();
  const items = deps.log.follow({
    places: [{ logId: asked.conversationId, after: asked.sequence }],
    signal: leave.signal,
  });
  const response = eventStream({ frames: chatFrames(items, asked), leave, asker, early: "break" });
  response.headers.set("x-vercel-ai-ui-message-stream", "v1");
  return response;
}

async function* chatFrames(items: AsyncGenerator<FollowItem>, asked: Asked): AsyncGenerator<string> {
  const view = createAnswerView(asked);
  yield chunkFrame(view.start());
  for await (const item of items) {
    if (item.kind === "reset") return yield chunkFrame(sorry(NOT_KEPT)) + DONE_FRAME;
    if (item.kind !== "entries") continue;
    const { frames, isOver } = tellAll(view, item.entries);
    if (isOver) return yield frames + DONE_FRAME;
    if (frames !== "") yield frames;
  }
}

function tellAll(
  view: ReturnType<typeof createAnswerView>,
  entries: StoredEntry[],
): { frames: string; isOver: boolean } {
  let frames = "";
  for (const entry of entries) {
    if (!TOLD.some((type) => isEvent(entry, type))) continue;
    const { chunks, isOver } = view.tell(JSON.parse(entry.text));
    frames += chunks.map(chunkFrame).join("");
    if (isOver) return { frames, isOver };
  }
  return { frames, isOver: false };
}

/** All else says nothing of an answer, and need not be read. */
const TOLD: ConversationEvent["type"][] = [
  "chunk",
  "attempt-start",
  "generation-end",
  "conversation-deleted",
];

const chunkFrame = (chunk: Chunk) => `data: ${JSON.stringify(chunk)}\n\n`;
