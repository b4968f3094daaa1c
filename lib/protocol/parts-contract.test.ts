import assert from "node:assert/strict";
import { readUIMessageStream, type UIMessage, UIMessageStreamError, uiMessageChunkSchema } from "ai";
import { convertArrayToReadableStream } from "ai/test";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyChunk, cut } from "./arbitraries.ts";
import type { Chunk, Message } from "./event.ts";
import { newId } from "./ids.ts";
import { applyChunks } from "./parts.ts";
import { asTool } from "./tool-parts.ts";

// The promise of these tests: whatever a model says, our fold and the AI SDK's own reader make the same message of it.

const empty: Message = {
  id: newId(),
  conversationId: newId(),
  parentId: null,
  role: "assistant",
  parts: [],
  createdAt: new Date(0).toISOString(),
};

/** What the AI SDK makes of the chunks. It writes into what it is given, so it gets copies. */
async function readBySdk(chunks: Chunk[]): Promise<UIMessage> {
  let last: UIMessage = { id: empty.id, role: "assistant", parts: [] };
  const refused: unknown[] = [];
  const messages = readUIMessageStream({
    message: structuredClone(last),
    // It tells of a new step only with the next change, so there is always one more.
    stream: convertArrayToReadableStream([...structuredClone(chunks), LAST_CHANGE]),
    onError: (error) => {
      if (UIMessageStreamError.isInstance(error)) refused.push(error);
    },
  });
  for await (const message of messages) last = message;
  expect(refused).toEqual([]);
  return last;
}

const LAST_CHANGE: Chunk = { type: "message-metadata", messageMetadata: { isLast: true } };

function readInBatches(chunks: Chunk[], sizes: number[]): Message {
  return cut([...chunks, LAST_CHANGE], sizes).reduce(applyChunks, empty);
}

function comparable({ parts, metadata }: { parts: object[]; metadata?: unknown }) {
  const withoutOurs = parts.map((part) => ({ ...part, chunkId: undefined }));
  return JSON.parse(JSON.stringify({ parts: withoutOurs, metadata }));
}

async function expectSameAsSdk(chunks: Chunk[], sizes: number[]) {
  assert.deepStrictEqual(comparable(readInBatches(chunks, sizes)), comparable(await readBySdk(chunks)));
}

const begun = { type: "tool-input-start", toolCallId: "call", toolName: "weather" } as const;
const available = {
  type: "tool-input-available",
  toolCallId: "call",
  toolName: "weather",
  input: { city: "Paris" },
} as const;
const asked = {
  type: "tool-approval-request",
  toolCallId: "call",
  approvalId: "approval",
  reason: "costs money",
} as const;
const providerMetadata = { openai: { itemId: "item" } };

/** Every type that the AI SDK knows has a case; one that it adds does not compile until it has one. */
const cases: Record<Exclude<Chunk["type"], `data-${string}`> | "data-any", Chunk[]> = {
  "text-start": [{ type: "text-start", id: "0", providerMetadata }],
  "text-delta": [
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "Hello", providerMetadata },
  ],
  "text-end": [
    { type: "text-start", id: "0" },
    { type: "text-end", id: "0", providerMetadata, citations: [] },
  ],
  "reasoning-start": [{ type: "reasoning-start", id: "0" }],
  "reasoning-delta": [
    { type: "reasoning-start", id: "0" },
    { type: "reasoning-delta", id: "0", delta: "Hm" },
  ],
  "reasoning-end": [
    { type: "reasoning-start", id: "0" },
    { type: "reasoning-end", id: "0", providerMetadata },
  ],
  custom: [{ type: "custom", kind: "openai.compaction", providerMetadata }],
  error: [{ type: "error", errorText: "overloaded" }],
  abort: [{ type: "abort", reason: "cancelled" }],
  "tool-input-start": [{ ...begun, title: "Weather", inputEncoding: "json", providerMetadata }],
  "tool-input-delta": [
    { ...begun, dynamic: true },
    { type: "tool-input-delta", toolCallId: "call", inputTextDelta: '{"city":"Pa' },
  ],
  "tool-input-available": [begun, { ...available, providerExecuted: true, providerMetadata }],
  "tool-input-error": [
    begun,
    { ...available, type: "tool-input-error", dynamic: true, errorText: "no such tool" },
  ],
  "tool-approval-request": [available, asked],
  "tool-approval-response": [
    available,
    asked,
    { type: "tool-approval-response", approvalId: "approval", approved: true },
  ],
  "tool-output-available": [
    available,
    { type: "tool-output-available", toolCallId: "call", output: 21, preliminary: true },
  ],
  "tool-output-error": [
    available,
    { type: "tool-output-error", toolCallId: "call", errorText: "timed out", providerMetadata },
  ],
  "tool-output-denied": [
    available,
    asked,
    { type: "tool-approval-response", approvalId: "approval", approved: false, reason: "no" },
    { type: "tool-output-denied", toolCallId: "call" },
  ],
  "source-url": [{ type: "source-url", sourceId: "1", url: "https://example.org", title: "Example" }],
  "source-document": [
    { type: "source-document", sourceId: "1", mediaType: "text/plain", title: "Notes", filename: "n.txt" },
  ],
  file: [{ type: "file", url: "data:text/plain,hello", mediaType: "text/plain", providerMetadata }],
  "reasoning-file": [{ type: "reasoning-file", url: "data:text/plain,hello", mediaType: "text/plain" }],
  "steering-message": [{ type: "steering-message", id: "m", parts: [{ type: "text", text: "and shorter" }] }],
  "start-step": [{ type: "start-step" }],
  "finish-step": [{ type: "start-step" }, { type: "finish-step" }],
  "reset-step": [
    { type: "start-step" },
    { type: "text-start", id: "0" },
    { type: "start-step" },
    { type: "text-start", id: "1" },
    { type: "reset-step" },
  ],
  start: [{ type: "start", messageId: empty.id, messageMetadata: { model: "demo" } }],
  finish: [{ type: "finish", finishReason: "stop", messageMetadata: { a: { b: 1 } } }],
  "message-metadata": [
    { type: "message-metadata", messageMetadata: { a: { b: 1 }, c: [1] } },
    { type: "message-metadata", messageMetadata: { a: { d: 2 }, c: [2] } },
  ],
  "data-any": [
    { type: "data-any", id: "0", data: 1 },
    { type: "data-any", data: "has no id" },
    { type: "data-any", id: "0", data: 2 },
    { type: "data-any", id: "0", data: 3, transient: true },
  ],
};

test.each(Object.entries(cases))("%s does what it does in the AI SDK", async (type, chunks) => {
  expect(chunks.map((chunk) => chunk.type)).toContain(type);
  await expectSameAsSdk(chunks, []);
  await expectSameAsSdk(chunks, [1, 1]);
});

test("all thirty types are tried, and the chunks we make up are ones that the AI SDK accepts", async () => {
  expect(Object.keys(cases)).toHaveLength(30);
  const { validate } = uiMessageChunkSchema();
  const accepts = async (chunk: Chunk) => {
    expect(await validate?.(chunk)).toMatchObject({ success: true });
  };
  for (const chunk of Object.values(cases).flat()) await accepts(chunk);
  await fc.assert(fc.asyncProperty(anyChunk, accepts), { numRuns: 1000 });
});

test("the input of a call goes on in the step that has begun meanwhile", async () => {
  const grow = (inputTextDelta: string): Chunk => ({
    type: "tool-input-delta",
    toolCallId: "call",
    inputTextDelta,
  });
  const moved: Chunk[] = [begun, grow('{"city":'), { type: "start-step" }, grow('"Par'), grow('is"}')];
  await expectSameAsSdk(moved, []);
  await expectSameAsSdk(moved, [1, 1, 1, 1]);
});

test("any conversation of chunks, in batches of any size, makes the message that the AI SDK makes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyChunk, { maxLength: 60, size: "max" }),
      fc.array(fc.nat({ max: 6 }), { maxLength: 30 }),
      async (chunks, sizes) => expectSameAsSdk(onlyMeaningful(chunks), sizes),
    ),
    { numRuns: 1000 },
  );
});

/** Without the chunks that name what is not there: the AI SDK throws at them. */
function onlyMeaningful(chunks: Chunk[]): Chunk[] {
  const meaningful: Chunk[] = [];
  let message = empty;
  for (const chunk of chunks) {
    if (!hasMeaning(message, chunk, meaningful)) continue;
    meaningful.push(chunk);
    message = applyChunks(message, [chunk]);
  }
  return meaningful;
}

function hasMeaning({ parts }: Message, chunk: Chunk, before: Chunk[]): boolean {
  const tools = parts.flatMap((part) => asTool(part) ?? []);
  switch (chunk.type) {
    case "text-delta":
    case "text-end":
      return parts.some((part) => part.type === "text" && part.chunkId === chunk.id);
    case "reasoning-delta":
    case "reasoning-end":
      return parts.some((part) => part.type === "reasoning" && part.chunkId === chunk.id);
    case "tool-input-delta":
      return tools.some((tool) => tool.chunkId === chunk.toolCallId);
    case "tool-approval-request":
    case "tool-output-available":
    case "tool-output-error":
    case "tool-output-denied":
      return tools.some((tool) => tool.toolCallId === chunk.toolCallId);
    case "tool-approval-response":
      return tools.some((tool) => tool.approval?.id === chunk.approvalId);
    case "start-step":
      // Where an input goes on in another step, the AI SDK forgets the text of a dynamic call's input, and
      // remembers the title of a first call under a reused id. We do neither, and nobody will miss it.
      return tools.every((tool) => tool.chunkId === undefined || isPlain(tool.toolCallId, tool.type, before));
    default:
      return true;
  }
}

function isPlain(toolCallId: string, type: string, before: Chunk[]): boolean {
  const named = before.filter((chunk) => "toolCallId" in chunk && chunk.toolCallId === toolCallId);
  return type !== "dynamic-tool" && named.filter((chunk) => chunk.type !== "tool-input-delta").length === 1;
}
