import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { coalesceChunks } from "#lib/protocol/coalesce";
import type { Chunk } from "#lib/protocol/event";
import { paced } from "./paced.ts";

type Part = LanguageModelV4StreamPart;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PACE_MS = 50;
const word = (delta: string, id = "0"): Part => ({ type: "text-delta", id, delta });
const end: Part = { type: "text-end", id: "0" };

/** Says each part after a pause, and writes down what comes through, and when. */
async function played(script: [afterMs: number, part: Part][], paceMs = () => PACE_MS) {
  async function* parts(): AsyncGenerator<Part> {
    for (const [afterMs, part] of script) {
      if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
      yield part;
    }
  }
  const startMs = Date.now();
  const heard: [atMs: number, part: Part][] = [];
  const hearing = (async () => {
    for await (const part of paced(parts(), { paceMs, now: Date.now })) {
      heard.push([Date.now() - startMs, part]);
    }
  })();
  await vi.runAllTimersAsync();
  await hearing;
  return heard;
}

test("the first word goes at once, those that follow go together, and an end takes what waits with it", async () => {
  const heard = await played([
    [10, word("a")],
    [20, word("b")],
    [20, word("c")],
    [20, word("d")],
    [5, end],
  ]);
  expect(heard).toEqual([
    [10, word("a")],
    [60, word("bc")],
    [75, word("d")],
    [75, end],
  ]);
});

test("a word after a long silence does not wait", async () => {
  const heard = await played([
    [0, word("a")],
    [500, word("b")],
    [500, word("c")],
  ]);
  expect(heard.map(([atMs]) => atMs)).toEqual([0, 500, 1_000]);
});

test("the pace may change while words wait", async () => {
  const startMs = Date.now();
  const heard = await played(
    [
      [0, word("a")],
      [20, word("b")],
      [60, word("c")],
      [60, end],
    ],
    () => (Date.now() - startMs > 70 ? PACE_MS : 250),
  );
  expect(heard.map(([, part]) => ("delta" in part ? part.delta : part.type)).join(" ")).toBe("a bc text-end");
});

test("what a provider says about a delta stays with that delta", async () => {
  const signed: Part = { ...word("b"), providerMetadata: { provider: { signature: "x" } } } as Part;
  const heard = await played([
    [0, word("a")],
    [1, word("1")],
    [1, signed],
    [1, word("2")],
    [1, end],
  ]);
  expect(heard.map(([, part]) => part)).toEqual([word("a"), word("1"), signed, word("2"), end]);
});

test("much text does not wait", async () => {
  const heard = await played([
    [0, word("a")],
    [1, word("b".repeat(5_000))],
    [100, end],
  ]);
  expect(heard.map(([atMs]) => atMs)).toEqual([0, 1, 101]);
});

test("a failure comes through, after all that was said before it", async () => {
  const { promise, reject } = Promise.withResolvers<Part>();
  async function* parts(): AsyncGenerator<Part> {
    yield word("a");
    yield word("b");
    yield await promise;
  }
  const reader = paced(parts(), { paceMs: () => PACE_MS, now: Date.now });
  expect((await reader.next()).value).toEqual(word("a"));
  const second = reader.next();
  await vi.advanceTimersByTimeAsync(PACE_MS);
  expect((await second).value).toEqual(word("b"));
  const third = reader.next();
  reject(new Error("cut off"));
  await expect(third).rejects.toThrow("cut off");
});

test("in whatever rhythm parts come, they mean the same afterwards, in the same order", async () => {
  const parts = fc.oneof(
    fc.record({
      type: fc.constantFrom("text-delta", "reasoning-delta", "tool-input-delta"),
      id: fc.constantFrom("0", "1"),
      delta: fc.string(),
    }),
    fc.record({ type: fc.constantFrom("text-start", "text-end"), id: fc.constantFrom("0", "1") }),
  );
  const script = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), parts), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(script, async (lines) => {
      const said = lines as [number, Part][];
      const heard = await played(said);
      expect(joined(heard.map(([, part]) => part))).toEqual(joined(said.map(([, part]) => part)));
    }),
    { numRuns: 60 },
  );
});

/** Adjacent deltas of one kind and id made one, as the log makes them. */
function joined(parts: Part[]): unknown[] {
  const chunks = parts.map((part) =>
    part.type === "tool-input-delta"
      ? { type: part.type, toolCallId: part.id, inputTextDelta: part.delta }
      : part,
  );
  return coalesceChunks(chunks as Chunk[]);
}
