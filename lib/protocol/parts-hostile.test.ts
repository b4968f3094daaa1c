import { expect, test, vi } from "vitest";
import { emptyMessage, numberedId } from "./arbitrary-log.ts";
import type { Chunk, Part } from "./event.ts";
import { applyChunks } from "./parts.ts";
import { asTool } from "./tool-parts.ts";

const empty = emptyMessage(numberedId(1));
const textStart: Chunk = { type: "text-start", id: "0" };
const textDelta: Chunk = { type: "text-delta", id: "0", delta: "Hello" };
const begun: Chunk = { type: "tool-input-start", toolCallId: "call", toolName: "weather" };
const grows = (inputTextDelta: string): Chunk => ({
  type: "tool-input-delta",
  toolCallId: "call",
  inputTextDelta,
});

test("ten thousand deltas of a tool's input are parsed once", () => {
  const text = JSON.stringify({ text: "word ".repeat(20_000) });
  const deltas = Array.from({ length: 10_000 }, (_, index) => grows(text.slice(index * 10, index * 10 + 10)));
  const parse = vi.spyOn(JSON, "parse");
  const message = applyChunks(empty, [begun, ...deltas]);
  const parsed = parse.mock.calls.length;
  parse.mockRestore();
  // The text as it is, and once more with its end mended.
  expect(parsed).toBeLessThanOrEqual(2);
  expect(asTool(message.parts[0])?.rawInput).toBe(text.slice(0, 100_000));
});

test("ten thousand deltas do not look through the other parts each time", () => {
  let looks = 0;
  const look = () => {
    looks += 1;
    return "text";
  };
  const counted = Array.from({ length: 1000 }, () =>
    Object.defineProperty({ text: "" }, "type", { enumerable: true, get: look }),
  ) as unknown as Part[];
  const deltas = Array.from({ length: 10_000 }, () => textDelta);
  const message = applyChunks({ ...empty, parts: counted }, [
    textStart,
    begun,
    ...deltas,
    ...deltas.map(() => grows("1")),
  ]);
  expect(message.parts[1000]).toMatchObject({ text: "Hello".repeat(10_000) });
  expect(message.parts[0]).toBe(counted[0]);
  expect(looks).toBeLessThan(10 * counted.length);
});

test("a delta of a megabyte is as good as any other", () => {
  const delta = "\0\u2028😀x".repeat(200_000);
  const { parts } = applyChunks(empty, [textStart, { type: "text-delta", id: "0", delta }]);
  expect(parts).toMatchObject([{ text: delta }]);
});

test("a model that opens brackets for ever makes a message that can still be stored", () => {
  const message = applyChunks(empty, [begun, grows("[".repeat(100_000))]);
  expect(JSON.parse(JSON.stringify(message)).parts).toMatchObject([
    { state: "input-streaming", rawInput: "[".repeat(100_000) },
  ]);
});
