import assert from "node:assert/strict";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyChunk } from "./arbitraries.ts";
import { anyLog, emptyMessage, numberedId } from "./arbitrary-log.ts";
import { coalesceChunks, joinEntries } from "./coalesce.ts";
import type { Chunk, ConversationEntry } from "./event.ts";
import { applyChunks } from "./parts.ts";

const says = (delta: string, id = "0"): Chunk => ({ type: "text-delta", id, delta });

test("adjacent deltas of one part become one", () => {
  const input = (inputTextDelta: string): Chunk => ({
    type: "tool-input-delta",
    toolCallId: "0",
    inputTextDelta,
  });
  expect(
    coalesceChunks([
      says("a"),
      says("b"),
      says("c", "1"),
      says("d"),
      input("1"),
      input("2"),
      says("e"),
      says("f"),
    ]),
  ).toEqual([says("ab"), says("c", "1"), says("d"), input("12"), says("ef")]);
});

test.each<[string, Chunk]>([
  ["what the provider adds", { ...says("b"), providerMetadata: {} } as Chunk],
  ["a field that is not known", { ...says("b"), ...{ language: "la" } }],
  ["the id of another kind of part", { type: "reasoning-delta", id: "0", delta: "b" }],
])("a delta with %s stays apart", (_, chunk) => {
  expect(coalesceChunks([says("a"), chunk, says("c")])).toEqual([says("a"), chunk, says("c")]);
});

test("fewer chunks mean the same", () => {
  fc.assert(
    fc.property(fc.array(anyChunk, { maxLength: 60, size: "max" }), (chunks) => {
      const before = structuredClone(chunks);
      const message = emptyMessage(numberedId(1));
      assert.deepStrictEqual(applyChunks(message, coalesceChunks(chunks)), applyChunks(message, chunks));
      assert.deepStrictEqual(chunks, before);
    }),
  );
});

function entry(sequence: number, chunks: Chunk[], generationId = numberedId(1)): ConversationEntry {
  return { first: sequence, sequence, event: { type: "chunk", generationId, chunks } };
}

test("adjacent chunk entries of one generation become one that says what it stands for", () => {
  const deleted: ConversationEntry = { first: 4, sequence: 4, event: { type: "conversation-deleted" } };
  const other = entry(6, [says("f")], numberedId(2));
  const entries = [
    entry(1, [says("a")]),
    entry(2, [says("b"), says("c", "1")]),
    entry(3, [says("d", "1")]),
    deleted,
    entry(5, [says("e")]),
    other,
  ];
  const joined = joinEntries(entries, 1_000_000);
  expect(joined).toEqual([
    { ...entry(3, [says("ab"), says("cd", "1")]), first: 1 },
    deleted,
    entries[4],
    other,
  ]);
  expect(joined[2]).toBe(entries[4]);
});

test("entries between which one is missing are not joined", () => {
  const entries = [entry(1, [says("a")]), entry(3, [says("b")])];
  expect(joinEntries(entries, 1_000_000)).toEqual(entries);
});

test("no joined entry is larger than asked for, and the numbers stay without gap", () => {
  fc.assert(
    fc.property(anyLog, fc.integer({ min: 0, max: 2000 }), ({ entries }, maxBytes) => {
      const joined = joinEntries(entries, maxBytes);
      let next = entries[0]?.first;
      for (const { first, sequence, event } of joined) {
        expect(first).toBe(next);
        if (first < sequence) expect(JSON.stringify(event).length).toBeLessThanOrEqual(maxBytes);
        next = sequence + 1;
      }
      expect(joined.at(-1)?.sequence).toBe(entries.at(-1)?.sequence);
    }),
  );
});

test("ten thousand entries of a word each become a handful, each of the size asked for", () => {
  const entries = Array.from({ length: 10_000 }, (_, index) => entry(index + 1, [says(`word${index} `)]));
  const joined = joinEntries(entries, 32 * 1024);
  expect(joined.length).toBe(4);
  for (const { event } of joined) expect(JSON.stringify(event).length).toBeLessThanOrEqual(32 * 1024);
  expect(joined[0]?.first).toBe(1);
  expect(joined.at(-1)?.sequence).toBe(10_000);
});
