import assert from "node:assert/strict";
import { readUIMessageStream, type UIMessage, UIMessageStreamError, uiMessageChunkSchema } from "ai";
import { convertArrayToReadableStream } from "ai/test";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyChunk, cut } from "./arbitraries.ts";
import type { Chunk, Message } from "./event.ts";
import { answerId, begun, everyChunk } from "./every-chunk.fixture.ts";
import { newId } from "./ids.ts";
import { applyChunks } from "./parts.ts";
import { asTool } from "./tool-parts.ts";

// The promise of these tests: whatever a model says, our fold and the AI SDK's own reader make the same message of it.

const empty: Message = {
  id: answerId,
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

test.each(Object.entries(everyChunk))("%s does what it does in the AI SDK", async (type, chunks) => {
  expect(chunks.map((chunk) => chunk.type)).toContain(type);
  await expectSameAsSdk(chunks, []);
  await expectSameAsSdk(chunks, [1, 1]);
});

test("all thirty types are tried, and the chunks we make up are ones that the AI SDK accepts", async () => {
  expect(Object.keys(everyChunk)).toHaveLength(30);
  const { validate } = uiMessageChunkSchema();
  const accepts = async (chunk: Chunk) => {
    expect(await validate?.(chunk)).toMatchObject({ success: true });
  };
  for (const chunk of Object.values(everyChunk).flat()) await accepts(chunk);
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
}, 120_000);

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
