import { expect, test } from "vitest";
import { delta, textStart } from "./test-log.ts";
import { createUnflushed } from "./unflushed.ts";

const pen = { logId: "l", generationId: "g", attempt: 1, position: 0 };
const INTERVAL_MS = 50;

function opened() {
  const unflushed = createUnflushed(pen, { renewEveryMs: () => 5_000, nowMs: 0 });
  return {
    ...unflushed,
    commit(atMs: number) {
      unflushed.batch(atMs);
      unflushed.acknowledge(atMs);
    },
    restsUntilMs: () => unflushed.restsUntilMs(INTERVAL_MS),
  };
}

test("the first word does not rest, the next ones do until an interval after the last commit", () => {
  const { add, commit, restsUntilMs } = opened();
  add([textStart], 90);
  expect(restsUntilMs()).toBe(Number.NEGATIVE_INFINITY);
  add([delta("a")], 100);
  expect(restsUntilMs()).toBe(140);
  commit(102);
  expect(restsUntilMs()).toBe(152);
});

test("a word rests while the commit of those before it is on its way", () => {
  const { add, batch, restsUntilMs } = opened();
  add([delta("a")], 100);
  batch(102);
  expect(restsUntilMs()).toBe(152);
});

test("where the flusher is late, words go on gathering instead of coming one by one", () => {
  const { add, commit, restsUntilMs } = opened();
  add([delta("a")], 100);
  commit(100);
  add([delta("b")], 150);
  expect(restsUntilMs()).toBe(200);
  commit(190);
  expect(restsUntilMs()).toBe(240);
});
