import assert from "node:assert/strict";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cut } from "./arbitraries.ts";
import { anyLog, numberedId } from "./arbitrary-log.ts";
import { ACCOUNT_LOG } from "./event.ts";
import {
  COMMENT_FRAME,
  controlFrame,
  DONE_FRAME,
  decodeFrames,
  entryFrame,
  type Frame,
  retryFrame,
} from "./sse.ts";

const generationId = numberedId(1);
const chunk = (delta: string) => ({
  type: "chunk",
  generationId,
  chunks: [{ type: "text-delta", id: "0", delta }],
});

function frame(sequence: number, event: object, log?: string): string {
  const id = log === undefined ? String(sequence) : `${log}:${sequence}`;
  return entryFrame({ id, log, first: sequence, sequence, eventText: JSON.stringify(event) });
}

function decode(pieces: Uint8Array[]): Frame[] {
  return pieces.flatMap(decodeFrames());
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const decodeText = (text: string) => decode([bytesOf(text)]);

test("frames are on the wire as the protocol says", () => {
  const event = { type: "chunk", generationId, chunks: [] };
  expect(entryFrame({ id: "813", first: 812, sequence: 813, eventText: JSON.stringify(event) })).toBe(
    `id: 813\ndata: {"first":812,"sequence":813,"event":{"type":"chunk","generationId":"${generationId}","chunks":[]}}\n\n`,
  );
  expect(entryFrame({ id: "account:7", log: "account", first: 7, sequence: 7, eventText: "{}" })).toBe(
    'id: account:7\ndata: {"log":"account","first":7,"sequence":7,"event":{}}\n\n',
  );
  expect(controlFrame("caught-up", { sequence: 813 })).toBe('event: caught-up\ndata: {"sequence":813}\n\n');
  expect(retryFrame(1000) + COMMENT_FRAME + DONE_FRAME).toBe(
    "retry: 1000\n\n: keep-alive\n\ndata: [DONE]\n\n",
  );
});

const item = {
  id: numberedId(3),
  title: "Flüsse 🏞️",
  updatedAt: new Date(0).toISOString(),
  model: null,
  pinned: false,
  archived: false,
  generating: true,
};

const recorded = [
  retryFrame(1000),
  frame(1, chunk("Grüße\u2028\u2029, 😀!\r\n\n\0 data: \ud83d")),
  controlFrame("caught-up", { log: numberedId(0), sequence: 1 }),
  COMMENT_FRAME,
  frame(7, { type: "conversation-changed", conversation: item }, ACCOUNT_LOG),
  frame(2, { type: "conversation-deleted" }, numberedId(0)),
  controlFrame("reset", { sequence: 9 }),
  controlFrame("bye", { reason: "rotate", retryMs: 250 }),
  DONE_FRAME,
].join("");

const heard: Frame[] = [
  {
    kind: "entry",
    id: "1",
    first: 1,
    sequence: 1,
    event: chunk("Grüße\u2028\u2029, 😀!\r\n\n\0 data: \ud83d"),
  },
  { kind: "control", event: "caught-up", data: { log: numberedId(0), sequence: 1 } },
  { kind: "comment" },
  {
    kind: "entry",
    id: "account:7",
    log: ACCOUNT_LOG,
    first: 7,
    sequence: 7,
    event: { type: "conversation-changed", conversation: item },
  },
  {
    kind: "entry",
    id: `${numberedId(0)}:2`,
    log: numberedId(0),
    first: 2,
    sequence: 2,
    event: { type: "conversation-deleted" },
  },
  { kind: "control", event: "reset", data: { sequence: 9 } },
  { kind: "control", event: "bye", data: { reason: "rotate", retryMs: 250 } },
  { kind: "done" },
] as Frame[];

test("what was sent is heard, wherever the network cuts it: at every byte, once and everywhere", () => {
  const bytes = bytesOf(recorded);
  expect(decode([bytes])).toEqual(heard);
  expect(decode(cut([...bytes], [...bytes].fill(1)).map((piece) => Uint8Array.from(piece)))).toEqual(heard);
  for (let at = 1; at < bytes.length; at++)
    assert.deepEqual(decode([bytes.subarray(0, at), bytes.subarray(at)]), heard);
});

test("any log is heard as it was written, in any pieces", () => {
  fc.assert(
    fc.property(anyLog, fc.array(fc.nat({ max: 300 })), ({ entries }, sizes) => {
      const text = entries.map(({ sequence, event }) => frame(sequence, event)).join("");
      const pieces = cut([...bytesOf(text)], sizes).map((piece) => Uint8Array.from(piece));
      const written = entries.map((entry) => ({ kind: "entry", id: String(entry.sequence), ...entry }));
      assert.deepStrictEqual(decode(pieces), written);
    }),
  );
});

test("bytes that end in the middle of a frame are no frame", () => {
  const bytes = bytesOf(recorded);
  const lastStart = bytes.length - bytesOf(DONE_FRAME).length;
  expect(decode([bytes.subarray(0, -1)])).toEqual(heard.slice(0, -1));
  expect(decode([bytes.subarray(0, lastStart - 1)])).toEqual(heard.slice(0, -2));
});

test("an event of a type that is not known comes through as it is", () => {
  const event = { type: "message-translated", language: "la" };
  expect(decodeText(frame(4, event))).toEqual([{ kind: "entry", id: "4", first: 4, sequence: 4, event }]);
  expect(decodeText(frame(4, event, ACCOUNT_LOG))).toMatchObject([
    { kind: "entry", log: ACCOUNT_LOG, event },
  ]);
});

test("the same type means another thing in the account's log", () => {
  const deleted = { type: "conversation-deleted", conversationId: numberedId(3) };
  expect(decodeText(frame(4, deleted, ACCOUNT_LOG))).toMatchObject([{ kind: "entry", event: deleted }]);
});

test("a kind of device that is not known says nothing, and is no reason to load a snapshot", () => {
  const time = "2026-01-01T00:00:00.000Z";
  const generation = {
    id: generationId,
    conversationId: numberedId(2),
    messageId: numberedId(3),
    model: "demo/demo",
  };
  const stopped = { ...generation, status: "cancelled", attempt: 1, createdAt: time, endedAt: time };
  const event = (stoppedFrom: string) => ({
    type: "generation-start",
    generation: { ...stopped, stoppedFrom },
  });
  expect(decodeText(frame(4, event("phone")))).toMatchObject([{ event: event("phone") }]);
  expect(decodeText(frame(4, event("watch")))).toMatchObject([
    { kind: "entry", event: { generation: { ...stopped, stoppedFrom: undefined } } },
  ]);
});

test("an entry that cannot be read asks for a snapshot, as if the server had said so", () => {
  expect(decodeText(frame(4, { type: "chunk", generationId: 1 }))).toEqual([
    { kind: "control", event: "reset", data: { sequence: 4 } },
  ]);
  expect(decodeText(frame(4, { type: "conversation-changed" }, ACCOUNT_LOG))).toEqual([
    { kind: "control", event: "reset", data: { log: ACCOUNT_LOG, sequence: 4 } },
  ]);
});

test.each([
  "data: <html>\n\n",
  'data: {"first":1}\n\n',
  'data: {"first":1,"sequence":1,"event":{"type":"chunk"}}\n\n',
  "data: [DONE\n\n",
  "event: holiday\ndata: {}\n\n",
  "event: bye\ndata: {}\n\n",
  "event: reset\ndata: no\n\n",
])("%j is a sign of life and nothing else", (text) => {
  expect(decodeText(text)).toEqual([{ kind: "comment" }]);
});
