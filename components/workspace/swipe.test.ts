import { expect, test } from "vitest";
import { moved, type Swipe, shareOut, staysOpen, type Touch } from "./swipe.ts";

const WIDTH = 300;
const at = (x: number, y: number, atMs: number): Touch => ({ x, y, atMs });

function swipe(wasOpen: boolean, from: Touch, ...touches: Touch[]): Swipe {
  return touches.reduce<Swipe>(moved, { kind: "watching", from, wasOpen });
}

function drawn(wasOpen: boolean, from: Touch, ...touches: Touch[]) {
  const made = swipe(wasOpen, from, ...touches);
  if (made.kind !== "drawing") throw new Error(`it is ${made.kind}`);
  return { share: shareOut(made, WIDTH), stays: staysOpen(made, WIDTH) };
}

test("a finger that goes along draws, one that goes across or the wrong way does not, and a tap is a tap", () => {
  expect(swipe(false, at(5, 100, 0), at(30, 104, 50)).kind).toBe("drawing");
  expect(swipe(false, at(5, 100, 0), at(12, 150, 50), at(200, 150, 90)).kind).toBe("other");
  expect(swipe(false, at(50, 100, 0), at(20, 100, 50)).kind).toBe("other");
  expect(swipe(true, at(200, 100, 0), at(160, 100, 50)).kind).toBe("drawing");
  expect(swipe(true, at(200, 100, 0), at(260, 100, 50)).kind).toBe("other");
  expect(swipe(false, at(5, 100, 0), at(9, 102, 50)).kind).toBe("watching");
});

test("the drawer follows the finger, and no farther than it goes", () => {
  expect(drawn(false, at(0, 0, 0), at(60, 0, 100), at(150, 0, 400)).share).toBe(0.5);
  expect(drawn(false, at(0, 0, 0), at(60, 0, 100), at(900, 0, 400)).share).toBe(1);
  expect(drawn(true, at(300, 0, 0), at(240, 0, 100), at(150, 0, 400)).share).toBe(0.5);
});

test("let go of slowly it goes where it is nearer, and after a flick where it was flicked", () => {
  const resting = (x: number) => drawn(false, at(0, 0, 0), at(20, 0, 100), at(x, 0, 900), at(x, 0, 1200));
  expect(resting(200).stays).toBe(true);
  expect(resting(100).stays).toBe(false);
  expect(drawn(false, at(0, 0, 0), at(20, 0, 20), at(60, 0, 50)).stays).toBe(true);
  expect(drawn(true, at(300, 0, 0), at(280, 0, 20), at(240, 0, 50)).stays).toBe(false);
});
