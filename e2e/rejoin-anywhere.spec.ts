import { randomInt, randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { Snapshot } from "#lib/protocol/event";
import type { Api, Page } from "./api.ts";
import { test } from "./fixtures.ts";
import { type EntryFrame, isEntry, readAll, readFrames } from "./frames.ts";
import { expectDense, expectSame, folded, nothing, record, toldUntilIdle } from "./recording.ts";

const PROMPTS = [
  // Reasoning, a tool call with its result, and text, in two steps.
  "think 5, then what time is it",
  "count to 80, 10 ms apart",
  "think 3, then fail after 5",
];

for (const prompt of PROMPTS) {
  test(`whoever has any number of "${prompt}" gets what came after it, once`, async ({ api }) => {
    const { conversationId, states, end } = await record(api, prompt);
    expectSame(states.at(-1) as Snapshot, end);
    for (const [after, state] of states.entries()) {
      const otherNumber = end.sequence - after;
      for (const entries of await Promise.all([
        toldAfter(api, conversationId, `after=${after}`),
        toldAfter(api, conversationId, "", { "last-event-id": String(after) }),
        // What a browser that comes back by itself says last wins over the address that it was given first.
        toldAfter(api, conversationId, `after=${otherNumber}`, { "last-event-id": String(after) }),
        pagesAfter(api, conversationId, after),
      ])) {
        expectDense(entries, { after, head: end.sequence });
        expectSame(folded(state, entries), end);
      }
    }
  });
}

test("whoever comes at any number while it is written gets the rest, once", async ({ api }) => {
  const readers: Promise<{ state: Snapshot; entries: EntryFrame[] }>[] = [];
  const { end } = await record(api, "think 10, then count to 120, 10 ms apart", (state) => {
    if (state.messages.length === 0) return; // Nothing is being generated yet, so there is nothing to wait for.
    const told = toldAfter(api, state.conversation.id, `after=${state.sequence}`);
    readers.push(told.then((entries) => ({ state, entries })));
  });
  expect(readers.length).toBeGreaterThan(8);
  for (const { state, entries } of await Promise.all(readers)) {
    expectDense(entries, { after: state.sequence, head: end.sequence });
    expectSame(folded(state, entries), end);
  }
});

test("a snapshot of an answer in flight is what its log had come to, and can be gone on from", async ({
  api,
}) => {
  const asked: Promise<Snapshot>[] = [];
  const { states, end } = await record(
    api,
    "think 20, 10 ms apart, then count to 60, 10 ms apart",
    (state) => {
      asked.push(api.snapshot(state.conversation.id));
    },
  );
  const snapshots = await Promise.all(asked);
  const parts = snapshots.flatMap(({ messages }) => messages.flatMap((message) => message.parts));
  expect(parts.some(isBeingWritten)).toBe(true);
  for (const snapshot of snapshots) {
    expectSame(snapshot, states[snapshot.sequence] as Snapshot);
    const rest = await toldAfter(api, end.conversation.id, `after=${snapshot.sequence}`);
    expectSame(folded(snapshot, rest), end);
  }
});

test("cut off at random bytes and back again dozens of times, three readers end with the same answer", async ({
  api,
}) => {
  const conversationId = randomUUID();
  await api.send(conversationId, "think 30, 10 ms apart, then count to 200, 10 ms apart");
  const readers = await Promise.all([1, 2, 3].map(() => readInPieces(api, conversationId)));
  const stored = await api.snapshot(conversationId);
  for (const { state, cuts } of readers) {
    expect(cuts).toBeGreaterThanOrEqual(LEAST_CUTS);
    expectSame(state, stored);
  }
});

/** Everything after a number until nothing more is to come, as an event stream. */
async function toldAfter(api: Api, id: string, query: string, headers: Record<string, string> = {}) {
  const line = await api.events(id, `${query}&until=idle`, headers);
  expect(line.status).toBe(200);
  return toldUntilIdle(await readAll(line.frames));
}

/** The same without event streams. */
async function pagesAfter(api: Api, id: string, after: number): Promise<Page["entries"]> {
  const entries: Page["entries"] = [];
  for (let place = after; ; ) {
    const page = await api.page(id, `after=${place}`);
    if (page.entries.length === 0) return entries;
    entries.push(...page.entries);
    place = page.sequence;
  }
}

const isBeingWritten = (part: Snapshot["messages"][number]["parts"][number]) =>
  "state" in part && part.state === "streaming" && typeof part.chunkId === "string";

/**
 * Follows an answer over a line that breaks after a random number of bytes, wherever in a frame that is. What did
 * not come whole never came; the reader comes back with the number that it has.
 */
async function readInPieces(api: Api, conversationId: string): Promise<{ state: Snapshot; cuts: number }> {
  let state = nothing(conversationId);
  let allowance = MOST_BYTES;
  for (let cuts = 0; ; cuts += 1) {
    const hasEnded = state.generations.some(({ endedAt }) => endedAt !== undefined);
    if (hasEnded && cuts >= LEAST_CUTS) return { state, cuts };
    if (hasEnded) state = nothing(conversationId); // Once more from the beginning.
    const place = String(state.sequence);
    const hangUp = new AbortController();
    const response = await api.fetch(
      `/api/conversations/${conversationId}/events?until=idle${randomInt(2) === 0 ? `&after=${place}` : ""}`,
      { headers: { accept: "text/event-stream", "last-event-id": place }, signal: hangUp.signal },
    );
    const whole = wholeFrames(response.body as ReadableStream<Uint8Array>, randomInt(1, allowance));
    const entries = (await readAll(readFrames(whole))).filter(isEntry);
    hangUp.abort();
    state = folded(state, entries);
    // An entry that is longer than what is let through would be waited for for ever.
    allowance = entries.length > 0 ? MOST_BYTES : allowance * 2;
  }
}

const LEAST_CUTS = 40;
const MOST_BYTES = 400;
const BLANK_LINE = "\n\n";

/** The frames that lie whole within the first bytes. */
async function* wholeFrames(pieces: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let read = Buffer.alloc(0);
  for await (const piece of pieces) {
    read = Buffer.concat([read, piece]);
    if (read.length >= bytes) break;
  }
  const end = read.subarray(0, bytes).lastIndexOf(BLANK_LINE);
  if (end >= 0) yield read.subarray(0, end + BLANK_LINE.length);
}
