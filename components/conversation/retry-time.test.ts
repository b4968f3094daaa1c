import { expect, test } from "vitest";
import { retryWords } from "./retry-time.tsx";

const NOW_MS = new Date(2026, 0, 2, 14, 3, 20).getTime();

test.each([
  [0, "It goes out in 1 s."],
  [-5_000, "It goes out in 1 s."],
  [39_100, "It goes out in 40 s."],
  [100_000, "It goes out in 100 s."],
  [100_001, "It goes out at 14:06."],
  [10 * 3_600_000, "It goes out at 00:04."],
])("%i ms from now: %s", (ms, words) => {
  expect(retryWords(NOW_MS + ms, NOW_MS, "en-GB")).toBe(words);
});
