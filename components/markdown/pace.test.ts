import { expect, test } from "vitest";
import { createPace, grow } from "./pace.ts";

const IN_TIME_MS = 17;
const LATE_MS = 60;
/** More than is drawn in a frame, and no reason to hurry. */
const LITTLE = 4_000;

test("little text is drawn as it comes", () => {
  expect(createPace().next(40)).toBe(40);
});

test("text that is more than a frame can take is drawn over several", () => {
  expect(createPace().next(15_000)).toBeLessThan(1_000);
});

test("a machine that is in time is given more, one that is late at once much less", () => {
  const pace = createPace();
  const first = pace.next(LITTLE);
  for (let frame = 0; frame < 5; frame++) pace.tookFrame(IN_TIME_MS);
  const more = pace.next(LITTLE);
  expect(more).toBeGreaterThan(2 * first);
  pace.tookFrame(LATE_MS);
  expect(pace.next(LITTLE)).toBeLessThan(more * 0.6);
});

test("the slowest machine catches up with a long answer, and is never given much of it at once", () => {
  const pace = createPace();
  let frames = 0;
  for (let undrawn = 100_000; undrawn > 0; frames++) {
    const drawn = pace.next(undrawn);
    expect(drawn).toBeLessThanOrEqual(1_000);
    undrawn -= drawn;
    pace.tookFrame(LATE_MS);
  }
  expect(frames).toBeLessThan(400);
});

test("the slowest machine goes on all the same, and the quickest is not given all at once", () => {
  const slow = createPace();
  const quick = createPace();
  for (let frame = 0; frame < 100; frame++) {
    slow.tookFrame(LATE_MS);
    quick.tookFrame(IN_TIME_MS);
  }
  expect(slow.next(10_000)).toBeGreaterThan(0);
  expect(quick.next(10_000)).toBeLessThan(10_000);
});

test("a text grows to its end, and no sign of it is ever drawn by half", () => {
  const text = "😀".repeat(3_000);
  const pace = createPace();
  let drawn = "😀";
  for (let frame = 0; drawn !== text; frame++) {
    const more = grow(drawn, text, pace);
    expect(more.startsWith(drawn) && more.length > drawn.length && more.isWellFormed()).toBe(true);
    pace.tookFrame(frame % 3 === 0 ? LATE_MS : IN_TIME_MS);
    drawn = more;
  }
});

test("a text that became another one is drawn at once", () => {
  const other = "y".repeat(5_000);
  expect(grow("x".repeat(5_000), other, createPace())).toBe(other);
});
