import { readUIMessageStream, type UIMessage } from "ai";
import { convertArrayToReadableStream } from "ai/test";
import { expect, test } from "vitest";
import { createAnswerView } from "./answer-view.ts";
import type { Chunk, ConversationEvent, Generation, Message, Snapshot } from "./event.ts";
import { foldEntries } from "./fold.ts";
import { newId } from "./ids.ts";

const asked = { conversationId: newId(), answerId: newId(), generationId: newId() };
const createdAt = new Date(0).toISOString();
const generation: Generation = {
  id: asked.generationId,
  conversationId: asked.conversationId,
  messageId: asked.answerId,
  model: "demo/demo",
  status: "queued",
  attempt: 1,
  createdAt,
};
const message: Message = {
  id: asked.answerId,
  conversationId: asked.conversationId,
  parentId: null,
  role: "assistant",
  parts: [],
  createdAt,
};

const begin: Chunk[] = [{ type: "start" }, { type: "start-step" }];
const says = (text: string, id = "0"): Chunk[] => [
  { type: "text-start", id },
  ...text.split(/(?<= )/).map((delta): Chunk => ({ type: "text-delta", id, delta })),
];
const ends = (id = "0"): Chunk[] => [{ type: "text-end", id }, { type: "finish-step" }];
const finish: Chunk = { type: "finish", finishReason: "stop" };
const call: Chunk[] = [
  { type: "tool-input-start", toolCallId: "c", toolName: "current_time" },
  { type: "tool-input-available", toolCallId: "c", toolName: "current_time", input: {} },
];
const result: Chunk[] = [
  { type: "tool-output-available", toolCallId: "c", output: "noon" },
  { type: "finish-step" },
];

const chunk = (...chunks: Chunk[][]): ConversationEvent => ({
  type: "chunk",
  generationId: asked.generationId,
  chunks: chunks.flat(),
});
const attempt = (number: number, keepSteps: number): ConversationEvent => ({
  type: "attempt-start",
  generationId: asked.generationId,
  attempt: number,
  keepSteps,
});
const end = (status: Generation["status"], more: Partial<Generation> = {}): ConversationEvent => ({
  type: "generation-end",
  generation: { ...generation, ...more, status, endedAt: createdAt },
  message,
});

function view(events: ConversationEvent[]): { chunks: Chunk[]; isOver: boolean } {
  const view = createAnswerView(asked);
  const told = events.map(view.tell);
  return {
    chunks: [view.start(), ...told.flatMap(({ chunks }) => chunks)],
    isOver: told.some(({ isOver }) => isOver),
  };
}

/** What the AI SDK's own reader makes of it. */
async function readBySdk(chunks: Chunk[]): Promise<UIMessage | undefined> {
  let last: UIMessage | undefined;
  const messages = readUIMessageStream({
    stream: convertArrayToReadableStream(structuredClone(chunks)),
    terminateOnError: true,
  });
  for await (const message of messages) last = message;
  return last;
}

/** What our fold makes of the log. */
function folded(events: ConversationEvent[]): Message | undefined {
  const conversation = {
    id: asked.conversationId,
    title: "",
    model: null,
    instructions: null,
    pinned: false,
    archived: false,
    leafId: null,
    createdAt,
    updatedAt: createdAt,
  };
  const empty: Snapshot = { conversation, messages: [message], generations: [generation], sequence: 0 };
  const entries = events.map((event, index) => ({ first: index + 1, sequence: index + 1, event }));
  return foldEntries(empty, entries).messages[0];
}

const partsOf = (message: { parts: object[] } | undefined) =>
  JSON.parse(JSON.stringify(message?.parts.map((part) => ({ ...part, chunkId: undefined }))));

const logs: Record<string, ConversationEvent[]> = {
  "one attempt": [chunk(begin, says("one two")), chunk(ends(), [finish])],
  "a takeover before a word": [attempt(2, 0), chunk(begin, says("one"), ends(), [finish])],
  "a takeover in the first step": [
    chunk(begin, says("one two thr")),
    attempt(2, 0),
    chunk(begin, says("one two"), ends(), [finish]),
  ],
  "a takeover right at the begin of a step": [
    chunk(begin),
    attempt(2, 0),
    chunk(begin, says("one two"), ends(), [finish]),
  ],
  "two takeovers in one step": [
    chunk(begin, says("one")),
    attempt(2, 0),
    chunk(begin, says("uno due")),
    attempt(3, 0),
    chunk(begin, says("eins"), ends(), [finish]),
  ],
  "two takeovers with nothing between": [
    chunk(begin, says("one")),
    attempt(2, 0),
    attempt(3, 0),
    chunk(begin, says("eins"), ends(), [finish]),
  ],
  "a takeover in the second step": [
    chunk(begin, call, result, [{ type: "start-step" }], says("it is no", "1")),
    attempt(2, 1),
    chunk(begin, says("noon it is", "1"), ends("1"), [finish]),
  ],
  "a takeover between two steps": [
    chunk(begin, call, result),
    attempt(2, 1),
    chunk(begin, says("noon"), ends(), [finish]),
  ],
  "a takeover in a call": [
    chunk(begin, says("let me see"), call),
    attempt(2, 0),
    chunk(begin, call, result, [{ type: "start-step" }], says("noon"), ends(), [finish]),
  ],
  "a takeover that keeps an interrupted step": [
    chunk(begin, call),
    chunk([
      { type: "tool-output-error", toolCallId: "c", errorText: "Interrupted." },
      { type: "finish-step" },
    ]),
    attempt(2, 1),
    chunk(begin, says("sorry"), ends(), [finish]),
  ],
};

test.each(Object.entries(logs))("%s: the AI SDK makes of it what our fold does", async (_, events) => {
  const { chunks, isOver } = view([...events, end("completed")]);
  expect(isOver).toBe(true);
  const read = await readBySdk(chunks);
  expect(read).toMatchObject({
    id: asked.answerId,
    metadata: { conversationId: asked.conversationId, generationId: asked.generationId },
  });
  expect(partsOf(read)).toEqual(partsOf(folded(events)));
  expect(chunks.filter(({ type }) => type === "start")).toHaveLength(1);
  expect(chunks.at(-1)).toEqual(finish);
});

test("an answer is not finished before the log says so", () => {
  const { chunks, isOver } = view([chunk(begin, says("one"), ends(), [finish])]);
  expect(isOver).toBe(false);
  expect(chunks.map(({ type }) => type)).not.toContain("finish");
});

test("one that was stopped, failed or deleted ends as the AI SDK names it", () => {
  const last = (...events: ConversationEvent[]) => view([chunk(begin, says("one")), ...events]).chunks.at(-1);
  expect(last(end("cancelled"))).toMatchObject({ type: "abort" });
  const error = { code: "model-failed", detail: "The model did not answer." };
  expect(last(end("failed", { error }))).toEqual({ type: "error", errorText: error.detail });
  expect(last({ type: "conversation-deleted" })).toMatchObject({ type: "error" });
});

test("nothing of other answers is told", () => {
  const other = newId();
  const { chunks, isOver } = view([
    { type: "chunk", generationId: other, chunks: [...begin, ...says("something else")] },
    { type: "attempt-start", generationId: other, attempt: 2, keepSteps: 0 },
    { type: "generation-end", generation: { ...generation, id: other, status: "completed" }, message },
    { type: "message-added", message },
  ]);
  expect({ chunks: chunks.length, isOver }).toEqual({ chunks: 1, isOver: false });
});

test("a generation that goes on with an answer counts on from the steps that it has", () => {
  const view = createAnswerView({ ...asked, stepsBefore: 1 });
  expect(
    view.tell(chunk([{ type: "tool-output-available", toolCallId: "c", output: "noon" }])).chunks,
  ).toHaveLength(1);
  expect(view.tell(attempt(2, 1)).chunks).toEqual([]);
  expect(view.tell(chunk([{ type: "start-step" }])).chunks).toEqual([{ type: "start-step" }]);
  expect(view.tell(attempt(3, 1)).chunks).toEqual([{ type: "reset-step" }]);
  expect(view.tell(chunk([{ type: "start-step" }])).chunks).toEqual([]);
});
