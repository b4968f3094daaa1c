import { expect, test } from "vitest";
import { BACK_OFF_BASE_MS, BACK_OFF_CAP_MS, backOff } from "./back-off.ts";

const almostOne = () => 1 - Number.EPSILON;

test("the first try waits for nothing", () => {
  expect(backOff(0, almostOne)).toBe(0);
});

test("the bound doubles with every try that brought nothing", () => {
  const bounds = [1, 2, 3, 4].map((attempt) => Math.ceil(backOff(attempt, almostOne)));
  expect(bounds).toEqual([BACK_OFF_BASE_MS, 500, 1000, 2000]);
});

test("the bound stays at its cap, also after a night of tries", () => {
  expect(backOff(7, almostOne)).toBeLessThanOrEqual(BACK_OFF_CAP_MS);
  expect(Math.ceil(backOff(5_000, almostOne))).toBe(BACK_OFF_CAP_MS);
});

test("any pause below the bound may come, down to none", () => {
  expect(backOff(4, () => 0)).toBe(0);
  expect(backOff(4, () => 0.5)).toBe(1000);
});
