import { expect, test } from "vitest";
import { RECENT_MAX_ENTRIES } from "./limits.ts";
import { createRecent } from "./recent.ts";

const entry = (sequence: number, text = "{}") => ({ first: sequence, sequence, text });
const sequences = (entries: { sequence: number }[] | undefined) => entries?.map(({ sequence }) => sequence);

test("before anything is known, it says so rather than 'nothing'", () => {
  expect(createRecent().after(0)).toBeUndefined();
});

test("once a reader has found the end, 'nothing newer' is known", () => {
  const recent = createRecent();
  recent.startAt(7);
  expect(recent.after(7)).toEqual([]);
  expect(recent.after(6)).toBeUndefined();
});

test("it gives what came after a number, and nothing twice", () => {
  const recent = createRecent();
  recent.startAt(7);
  expect(recent.push([entry(8), entry(9)])).toBe(true);
  expect(recent.push([entry(9), entry(10)])).toBe(true);
  expect(sequences(recent.after(7))).toEqual([8, 9, 10]);
  expect(sequences(recent.after(9))).toEqual([10]);
});

test("a gap is refused", () => {
  const recent = createRecent();
  recent.startAt(7);
  expect(recent.push([entry(9)])).toBe(false);
  expect(recent.after(7)).toEqual([]);
});

test("it is bounded, and a reader below what it keeps is sent to the table", () => {
  const recent = createRecent();
  recent.startAt(0);
  for (let sequence = 1; sequence <= RECENT_MAX_ENTRIES * 2; sequence += 1) recent.push([entry(sequence)]);
  expect(recent.after(0)).toBeUndefined();
  expect(recent.after(RECENT_MAX_ENTRIES)).toHaveLength(RECENT_MAX_ENTRIES);
  recent.push([entry(RECENT_MAX_ENTRIES * 2 + 1, "x".repeat(1024 * 1024))]);
  expect(recent.after(RECENT_MAX_ENTRIES * 2)).toBeUndefined();
  expect(recent.after(RECENT_MAX_ENTRIES * 2 + 1)).toEqual([]);
});

test("what was said before a deletion that was taken back is sent to the table", () => {
  const recent = createRecent();
  recent.startAt(7);
  recent.push([entry(8), entry(9, '{"type":"conversation-deleted"}')]);
  expect(sequences(recent.after(7))).toEqual([8, 9]);
  recent.push([entry(10)]);
  expect(recent.after(7)).toBeUndefined();
  expect(sequences(recent.after(9))).toEqual([10]);
});
