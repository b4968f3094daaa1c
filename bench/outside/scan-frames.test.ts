import { expect, test } from "vitest";
import { controlFrame, entryFrame, retryFrame } from "#lib/protocol/sse";
import { nothingSeen, scanFrames } from "./scan-frames.ts";

const generationId = "g";
const entry = (first: number, sequence: number, event: object) =>
  entryFrame({ id: String(sequence), first, sequence, eventText: JSON.stringify(event) });
const said = (first: number, sequence: number, ...deltas: string[]) =>
  entry(first, sequence, {
    type: "chunk",
    generationId,
    chunks: deltas.map((delta) => ({ type: "text-delta", id: "0", delta })),
  });

function seenOf(text: string, pieceLength = text.length) {
  const seen = nothingSeen();
  const stamps: (number | undefined)[] = [];
  const scan = scanFrames(seen, (stamp) => stamps.push(stamp));
  for (let at = 0; at < text.length; at += pieceLength) scan(text.slice(at, at + pieceLength));
  return { ...seen, stamps };
}

const good =
  retryFrame(1_000) +
  entry(1, 1, { type: "conversation-changed", conversation: { title: "first 9:9" } }) +
  controlFrame("caught-up", { sequence: 1 }) +
  entry(2, 2, { type: "generation-start", generation: {} }) +
  said(3, 3, "1:10 ", "2:20 3:30 ") +
  said(4, 9, "4:40;.... ") +
  entry(10, 10, { type: "generation-end", generation: {}, message: { parts: [{ text: "1:10 2:20" }] } });

test("what is whole is seen as whole, however it is cut", () => {
  for (const pieceLength of [1, 7, 100, good.length]) {
    expect(seenOf(good, pieceLength)).toEqual({
      ...nothingSeen(),
      sequence: 10,
      entries: 5,
      word: 4,
      isCaughtUp: true,
      ends: 1,
      stamps: [10, 20, 30, 40],
    });
  }
});

test("an entry that is left out is a gap, one that comes again a double", () => {
  expect(seenOf(said(1, 1, "1 ") + said(3, 3, "2 "))).toMatchObject({ gaps: 1, doubles: 0 });
  expect(seenOf(said(1, 2, "1 ") + said(2, 3, "2 "))).toMatchObject({ gaps: 0, doubles: 1 });
  expect(seenOf(controlFrame("reset", { sequence: 9 }))).toMatchObject({ gaps: 1 });
});

test("words are counted by what they say, not by the entries that they came in", () => {
  expect(seenOf(said(1, 1, "1", " 2") + said(2, 2, " 5"))).toMatchObject({ gaps: 0, lostWords: 2, word: 5 });
  expect(seenOf(said(1, 1, "1", " 2") + said(2, 2, " 2", " 3"))).toMatchObject({ doubledWords: 1, word: 3 });
});

test("another attempt begins again at the first word", () => {
  const again = entry(2, 2, { type: "attempt-start", generationId, attempt: 2, keepSteps: 0 });
  expect(seenOf(said(1, 1, "1", " 2") + again + said(3, 3, "1"))).toMatchObject({
    lostWords: 0,
    doubledWords: 0,
    attempts: 1,
    word: 1,
  });
});
