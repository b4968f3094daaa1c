import assert from "node:assert/strict";
import { convertToModelMessages, type UIMessage } from "ai";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyChunk, cut } from "./arbitraries.ts";
import { emptyMessage, numberedId } from "./arbitrary-log.ts";
import type { Chunk, Part } from "./event.ts";
import { applyChunks, closeParts } from "./parts.ts";
import { asTool } from "./tool-parts.ts";

const empty = emptyMessage(numberedId(1));
const chunkLists = fc.array(anyChunk, { maxLength: 60, size: "max" });

const parts = (...chunks: Chunk[]): Part[] => applyChunks(empty, chunks).parts;
const stored = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

const textStart: Chunk = { type: "text-start", id: "0" };
const textDelta: Chunk = { type: "text-delta", id: "0", delta: "Hello" };
const begun: Chunk = { type: "tool-input-start", toolCallId: "call", toolName: "weather" };
const called: Chunk = {
  type: "tool-input-available",
  toolCallId: "call",
  toolName: "weather",
  input: { city: "Paris" },
};
const grows = (inputTextDelta: string): Chunk => ({
  type: "tool-input-delta",
  toolCallId: "call",
  inputTextDelta,
});

test("a part that is being written names the chunks that go on with it, until it ends", () => {
  expect(parts(textStart, textDelta)).toEqual([
    { type: "text", text: "Hello", state: "streaming", chunkId: "0" },
  ]);
  expect(parts(textStart, { type: "text-end", id: "0" })).toStrictEqual([
    { type: "text", text: "", state: "done" },
  ]);
  expect(parts(begun, grows('{"city":"Pa'))).toStrictEqual([
    {
      type: "tool-weather",
      toolCallId: "call",
      state: "input-streaming",
      chunkId: "call",
      rawInput: '{"city":"Pa',
      input: { city: "Pa" },
    },
  ]);
  expect(parts(begun, { type: "tool-output-denied", toolCallId: "call" })[0]).not.toHaveProperty("chunkId");
});

test("an id that is used again starts a new part, and the first gets nothing more", () => {
  expect(parts(textStart, textDelta, textStart, { ...textDelta, delta: "again" })).toStrictEqual([
    { type: "text", text: "Hello", state: "streaming" },
    { type: "text", text: "again", state: "streaming", chunkId: "0" },
  ]);
});

test("a call that starts again in a later step gets nothing in the earlier one, also after a reload", () => {
  const again = stored(applyChunks(empty, [begun, { type: "start-step" }, begun, called]));
  expect(applyChunks(again, [grows("1")])).toBe(again);
});

test("text, reasoning and a tool call may have the same id at the same time", () => {
  const written = parts(
    textStart,
    { type: "reasoning-start", id: "0" },
    { ...begun, toolCallId: "0" },
    { type: "tool-input-delta", toolCallId: "0", inputTextDelta: "1" },
    { type: "reasoning-delta", id: "0", delta: "Hm" },
    textDelta,
  );
  expect(written).toMatchObject([{ text: "Hello" }, { text: "Hm" }, { input: 1 }]);
});

test("a step that begins again takes nothing from earlier steps, and adds nothing to them", () => {
  const again = applyChunks(empty, [
    textStart,
    begun,
    { type: "start-step" },
    textStart,
    { type: "reset-step" },
  ]);
  expect(again.parts.map((part) => [part.type, part.chunkId])).toEqual([
    ["text", undefined],
    ["tool-weather", undefined],
    ["step-start", undefined],
  ]);
  expect(applyChunks(again, [textDelta, grows("1")])).toBe(again);
});

test.each<Chunk>([
  textDelta,
  { type: "reasoning-end", id: "__proto__" },
  grows("1"),
  { type: "tool-output-available", toolCallId: "constructor", output: 1 },
  { type: "tool-approval-response", approvalId: "toString", approved: true },
  { type: "reset-step" },
  { type: "finish", finishReason: "stop" },
  { type: "data-note", data: 1, transient: true },
  { type: "sung-start" } as unknown as Chunk,
])("nothing changes, not even in identity, for %j", (chunk) => {
  const message = applyChunks(empty, [{ type: "start-step" }]);
  expect(applyChunks(message, [chunk])).toBe(message);
});

test("the message keeps its id, whatever the model calls it", () => {
  expect(applyChunks(empty, [{ type: "start", messageId: "other" }, textStart]).id).toBe(empty.id);
});

test("what is given is never written into", () => {
  fc.assert(
    fc.property(chunkLists, chunkLists, (first, second) => {
      applyChunks(frozen(applyChunks(empty, frozen(first))), frozen(second));
    }),
  );
});

test("parts that nobody wrote are the same objects", () => {
  fc.assert(
    fc.property(chunkLists, (chunks) => {
      const before = applyChunks(empty, chunks);
      const after = applyChunks(before, [
        { type: "text-start", id: "new" },
        { type: "text-delta", id: "new", delta: "Hello" },
      ]);
      expect(after.parts).toHaveLength(before.parts.length + 1);
      for (const [index, part] of before.parts.entries()) expect(after.parts[index]).toBe(part);
    }),
  );
});

test("in batches of any size, stored and loaded in between, the chunks make the same message", () => {
  fc.assert(
    fc.property(chunkLists, fc.array(fc.nat({ max: 9 })), (chunks, sizes) => {
      const pieces = cut(chunks, sizes);
      const inPieces = pieces.reduce((message, piece) => stored(applyChunks(message, piece)), empty);
      assert.deepStrictEqual(inPieces, applyChunks(empty, chunks));
    }),
  );
});

const interrupted = { state: "output-error", errorText: "Interrupted before it finished." };
const asked: Chunk = { type: "tool-approval-request", toolCallId: "call", approvalId: "approval" };
const approved: Chunk = { type: "tool-approval-response", approvalId: "approval", approved: true };
const call = { type: "tool-weather", toolCallId: "call" };

test.each<[string, Chunk[], object]>([
  [
    "text that was being written is done",
    [textStart, textDelta],
    { type: "text", text: "Hello", state: "done" },
  ],
  [
    "a call keeps the input that came",
    [begun, grows('{"city":"Pa')],
    { ...call, ...interrupted, input: { city: "Pa" } },
  ],
  ["a call without input has an empty one", [begun], { ...call, ...interrupted, input: {} }],
  ["a call that ran has an error", [called], { ...call, ...interrupted, input: { city: "Paris" } }],
  [
    "a call that was approved and ran has an error",
    [called, asked, approved],
    { ...call, ...interrupted, input: { city: "Paris" }, approval: { id: "approval", approved: true } },
  ],
])("when a message ends early, %s", (_, chunks, part) => {
  expect(closeParts(parts(...chunks))).toStrictEqual([part]);
});

test.each<[string, Chunk[]]>([
  ["that is whole", [textStart, { type: "text-end", id: "0" }]],
  ["that waits for approval", [called, asked]],
  ["that was refused", [called, asked, { ...approved, approved: false } as Chunk]],
  ["that has its result", [called, { type: "tool-output-available", toolCallId: "call", output: 21 }]],
])("a message %s is left as it is when it ends", (_, chunks) => {
  const whole = parts(...chunks);
  expect(closeParts(whole)).toBe(whole);
});

test("what a tool said on its way is no result in a message that is closed", () => {
  const call = { type: "tool-read", toolCallId: "1", input: {}, state: "output-available" } as const;
  const progress = { ...call, output: { progress: "Reading…" }, preliminary: true } as const;
  expect(closeParts([progress])).toEqual([
    { ...call, state: "output-error", errorText: "Interrupted before it finished." },
  ]);
  const result = { ...call, output: "words" } as const;
  expect(closeParts([result])).toEqual([result]);
});

test("a closed message is open nowhere, and every call in it has an answer or waits for one", async () => {
  await fc.assert(
    fc.asyncProperty(chunkLists, async (chunks) => {
      const closed = closeParts(parts(...chunks));
      expect(closeParts(closed)).toBe(closed);
      expect(
        closed.filter(
          (part) => part.chunkId !== undefined || ("state" in part && part.state === "streaming"),
        ),
      ).toEqual([]);
      const unanswered = closed
        .flatMap((part) => asTool(part) ?? [])
        .filter(({ state }) => !ANSWERED.includes(state));
      expect(unanswered).toEqual([]);
      await expect(convertToModelMessages([{ ...empty, parts: closed } as UIMessage])).resolves.toBeDefined();
    }),
  );
});

const ANSWERED = [
  "output-available",
  "output-error",
  "output-denied",
  "approval-requested",
  "approval-responded",
];
