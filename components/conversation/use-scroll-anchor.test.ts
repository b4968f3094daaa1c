import { describe, expect, test } from "vitest";
import { type Place, staysAtEnd } from "./use-scroll-anchor.ts";

const byHand = true;
const end: Place = { top: 600, height: 1000, view: 400 };

describe("staysAtEnd", () => {
  test("a reader at the end stays with it while words arrive", () => {
    expect(staysAtEnd(true, end, { ...end, height: 1400 }, byHand)).toBe(true);
  });

  test("going up by a few pixels lets go, also while words arrive", () => {
    expect(staysAtEnd(true, end, { ...end, top: 597 }, byHand)).toBe(false);
    expect(staysAtEnd(true, end, { ...end, top: 597, height: 1040 }, byHand)).toBe(false);
  });

  test("a reader who is elsewhere is not pulled by words that arrive", () => {
    const elsewhere = { ...end, top: 200 };
    expect(staysAtEnd(false, elsewhere, { ...elsewhere, height: 1400 }, byHand)).toBe(false);
  });

  test("coming down near the end takes hold again; halfway does not", () => {
    const before = { ...end, top: 500 };
    expect(staysAtEnd(false, before, { ...end, top: 580 }, byHand)).toBe(true);
    expect(staysAtEnd(false, before, { ...end, top: 540 }, byHand)).toBe(false);
  });

  test("reaching the very end takes hold, also by a bounce back from beyond it", () => {
    expect(staysAtEnd(false, { ...end, top: 630 }, end, byHand)).toBe(true);
    expect(staysAtEnd(false, { ...end, top: 590 }, { ...end, top: 599.2 }, byHand)).toBe(true);
  });

  test("what the browser moves is not taken for the reader", () => {
    const shorter = { top: 500, height: 980, view: 400 };
    expect(staysAtEnd(true, end, shorter, byHand)).toBe(true);
    expect(staysAtEnd(false, { ...end, top: 550 }, shorter, byHand)).toBe(false);
    const keyboardCame = { top: 590, height: 1000, view: 200 };
    expect(staysAtEnd(true, end, keyboardCame, byHand)).toBe(true);
    const shrankAndGrew = { top: 500, height: 1100, view: 400 };
    expect(staysAtEnd(true, end, shrankAndGrew, !byHand)).toBe(true);
    expect(staysAtEnd(true, end, shrankAndGrew, byHand)).toBe(false);
  });

  test("a search within the page lets go without a hand", () => {
    expect(staysAtEnd(true, end, { ...end, top: 300 }, !byHand)).toBe(false);
    expect(staysAtEnd(true, end, { top: 100, height: 1100, view: 400 }, !byHand)).toBe(false);
  });
});
