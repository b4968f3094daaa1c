import { afterEach, beforeEach, expect } from "vitest";

const LOUD = ["error", "warn"] as const;
const said: string[] = [];

// A warning that nobody asserts on is a failure that nobody sees. A test that expects one spies on the
// method itself, which takes the place of ours.
beforeEach(() => {
  said.length = 0;
  for (const method of LOUD) {
    console[method] = (...words: unknown[]) => {
      said.push(`console.${method}: ${words.map(String).join(" ")}`);
    };
  }
});

afterEach(() => {
  expect(said.splice(0), "this test wrote to the console").toEqual([]);
});
