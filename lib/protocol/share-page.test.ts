import { expect, test } from "vitest";
import { framesOfSharePage } from "./share-page.ts";

test("a page of a link is what its line would have brought", () => {
  const event = { type: "withheld" };
  const entry = { first: 3, sequence: 4, event };
  expect(framesOfSharePage({ entries: [entry], sequence: 4, generating: false })).toEqual([
    { kind: "entry", id: "4", ...entry },
    { kind: "control", event: "caught-up", data: { sequence: 4 } },
  ]);
  expect(framesOfSharePage({ entries: [], sequence: 9, generating: true, reset: true })).toEqual([
    { kind: "control", event: "reset", data: { sequence: 9 } },
  ]);
  expect(() => framesOfSharePage({ told: [] })).toThrow();
});
