import assert from "node:assert/strict";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  anyLog,
  emptyMessage,
  emptySnapshot,
  type Log,
  numberedId,
  queuedGeneration,
} from "./arbitrary-log.ts";
import { joinEntries } from "./coalesce.ts";
import {
  type Chunk,
  type ConversationEntry,
  type ConversationEvent,
  type Snapshot,
  snapshotSchema,
} from "./event.ts";
import { fold, foldEntries, LogGap } from "./fold.ts";

const answerId = numberedId(1);
const generationId = numberedId(2);

function told(snapshot: Snapshot, ...events: ConversationEvent[]): Snapshot {
  return events.reduce((now, event) => fold(now, next(now, event)), snapshot);
}

function next({ sequence }: Snapshot, event: ConversationEvent): ConversationEntry {
  return { first: sequence + 1, sequence: sequence + 1, event };
}

const says = (...chunks: Chunk[]): ConversationEvent => ({ type: "chunk", generationId, chunks });

const answering = told(
  emptySnapshot(0),
  { type: "message-added", message: emptyMessage(numberedId(9), "user") },
  { type: "message-added", message: emptyMessage(answerId) },
  { type: "generation-queued", generation: queuedGeneration(generationId, answerId) },
);

const stored = (snapshot: Snapshot): Snapshot => snapshotSchema.parse(JSON.parse(JSON.stringify(snapshot)));

/** Every place where a log can be cut: the snapshot there, as a reader would load it, and what comes after. */
function cuts({ snapshot, entries }: Log): { loaded: Snapshot; rest: ConversationEntry[] }[] {
  let now = snapshot;
  const places = [{ loaded: stored(now), rest: entries }];
  for (const [index, entry] of entries.entries()) {
    now = fold(now, entry);
    places.push({ loaded: stored(now), rest: entries.slice(index + 1) });
  }
  return places;
}

test("whoever joins at any number, with a snapshot from the server, sees what those saw who were there", () => {
  fc.assert(
    fc.property(anyLog, (log) => {
      const seen = foldEntries(log.snapshot, log.entries);
      for (const { loaded, rest } of cuts(log)) assert.deepStrictEqual(foldEntries(loaded, rest), seen);
    }),
    { numRuns: 300 },
  );
});

test("entries that were taken before change nothing, whenever they come again", () => {
  fc.assert(
    fc.property(anyLog, fc.array(fc.nat()), (log, places) => {
      let now = log.snapshot;
      for (const [index, entry] of log.entries.entries()) {
        now = fold(now, entry);
        const again = log.entries[(places[index % places.length] ?? 0) % (index + 1)] ?? entry;
        expect(fold(now, again)).toBe(now);
      }
      assert.deepStrictEqual(now, foldEntries(log.snapshot, log.entries));
    }),
  );
});

test("joining entries for catch-up changes nothing, at whatever number the reader begins", () => {
  fc.assert(
    fc.property(anyLog, fc.constantFrom(0, 200, 1000, 1_000_000), (log, maxBytes) => {
      const seen = foldEntries(log.snapshot, log.entries);
      for (const { loaded, rest } of cuts(log)) {
        assert.deepStrictEqual(foldEntries(loaded, joinEntries(rest, maxBytes)), seen);
      }
    }),
    { numRuns: 300 },
  );
});

test("a missing entry is a gap, and so is one that begins within the snapshot", () => {
  const text: Chunk = { type: "text-start", id: "0" };
  const event = says(text);
  expect(answering.sequence).toBe(3);
  for (const [first, sequence] of [
    [5, 5],
    [9, 12],
    [3, 4],
    [1, 9],
  ] as const) {
    expect(() => fold(answering, { first, sequence, event })).toThrow(LogGap);
    expect(() => fold(answering, { first, sequence, event })).toThrow(
      expect.objectContaining({ code: "log-gap" }),
    );
  }
  expect(fold(answering, { first: 4, sequence: 9, event }).sequence).toBe(9);
  expect(fold(answering, { first: 1, sequence: 3, event })).toBe(answering);
});

test("only what an entry writes is new: all other messages, generations and parts are the same objects", () => {
  const before = told(answering, says({ type: "text-start", id: "0" }, { type: "text-start", id: "1" }));
  const after = told(before, says({ type: "text-delta", id: "1", delta: "Hello" }));
  expect(after.messages[0]).toBe(before.messages[0]);
  expect(after.generations).toBe(before.generations);
  expect(after.conversation).toBe(before.conversation);
  expect(after.messages[1]).not.toBe(before.messages[1]);
  expect(after.messages[1]?.parts[0]).toBe(before.messages[1]?.parts[0]);
  expect(after.messages[1]?.parts[1]).not.toBe(before.messages[1]?.parts[1]);

  const ignored = told(after, says({ type: "text-delta", id: "unknown", delta: "?" }));
  expect(ignored.messages).toBe(after.messages);
});

test("a message that is added becomes the leaf, and takes the place of one with its id", () => {
  expect(answering.conversation.leafId).toBe(answerId);
  const again = told(answering, {
    type: "message-added",
    message: { ...emptyMessage(numberedId(9)), model: "demo/demo" },
  });
  expect(again.messages.map(({ id }) => id)).toEqual([numberedId(9), answerId]);
  expect(again.messages[0]?.model).toBe("demo/demo");
  expect(again.conversation.leafId).toBe(numberedId(9));
});

const twoSteps = says(
  { type: "source-url", sourceId: "1", url: "https://example.org" },
  { type: "start-step" },
  { type: "text-start", id: "0" },
  { type: "text-end", id: "0" },
  { type: "start-step" },
  { type: "text-start", id: "0" },
);

test.each([
  [0, []],
  [1, ["source-url", "step-start", "text"]],
  [2, ["source-url", "step-start", "text", "step-start", "text"]],
  [3, ["source-url", "step-start", "text", "step-start", "text"]],
])("another attempt that keeps %i steps goes on from them", (keepSteps, types) => {
  const before = told(answering, twoSteps);
  const after = told(before, { type: "attempt-start", generationId, attempt: 2, keepSteps });
  expect(after.messages[1]?.parts.map(({ type }) => type)).toEqual(types);
  expect(after.messages[1]?.parts[2]).toBe(types.length > 0 ? before.messages[1]?.parts[2] : undefined);
  expect(after.generations[0]).toMatchObject({ id: generationId, attempt: 2, status: "running" });
});

test("the end of a generation puts the message in its place as it was stored", () => {
  const message = { ...emptyMessage(answerId), parts: [{ type: "text" as const, text: "Done." }] };
  const generation = { ...queuedGeneration(generationId, answerId), status: "completed" as const };
  const ended = told(answering, twoSteps, { type: "generation-end", generation, message });
  expect(ended.messages[1]).toBe(message);
  expect(ended.generations).toEqual([generation]);
});

test.each([
  ["is not known", { type: "message-translated" } as unknown as ConversationEvent],
  ["deletes the conversation", { type: "conversation-deleted" }],
  ["belongs to an unknown generation", { ...twoSteps, generationId: numberedId(7) } as ConversationEvent],
  [
    "starts an unknown generation anew",
    { type: "attempt-start", generationId: numberedId(7), attempt: 2, keepSteps: 0 },
  ],
] as [string, ConversationEvent][])("an event that %s moves the number and nothing else", (_, event) => {
  expect(told(answering, event)).toStrictEqual({ ...answering, sequence: answering.sequence + 1 });
});

test("what comes to a message after its end is added to it once, and takes the place of what was of its kind", () => {
  const asks = (...questions: string[]): ConversationEvent => ({
    type: "part-added",
    messageId: answerId,
    part: { type: "data-follow-ups", data: { questions } },
  });
  const before = told(answering, says({ type: "text-start", id: "0" }));
  const [first, again] = [told(before, asks("Why?")), told(before, asks("Why?"), asks("Why?"))];
  expect(first.messages[1]?.parts).toHaveLength((before.messages[1]?.parts.length ?? 0) + 1);
  expect(again.messages).toEqual(first.messages);
  expect(told(first, asks("How?")).messages[1]?.parts.at(-1)).toMatchObject({
    data: { questions: ["How?"] },
  });
  expect(first.messages[0]).toBe(before.messages[0]);
  const elsewhere = told(before, { ...asks("Why?"), messageId: numberedId(77) } as ConversationEvent);
  expect(elsewhere.messages).toBe(before.messages);
});
