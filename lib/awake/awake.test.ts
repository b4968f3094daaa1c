import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WITNESS_LOOK_MS } from "#lib/log/limits";
import { createAwake } from "./awake.ts";
import { REST_AFTER_MS, timesOf } from "./times.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LIMIT_MS = 300_000;
const { workMs, beginMs, closeMs } = timesOf(LIMIT_MS);

function start() {
  const happened: string[] = [];
  let work = Promise.withResolvers<void>();
  let isBusy = false;
  const awake = createAwake({
    limitMs: LIMIT_MS,
    woken: () => void happened.push("woken"),
    done: async () => (isBusy ? work.promise : undefined),
    isBusy: () => isBusy,
    handOver: async () => void happened.push(isBusy ? "handed over" : "nothing to hand over"),
    rest: async () => void happened.push("rests"),
  });
  return {
    awake,
    happened,
    hold(options?: { works: boolean }) {
      const answered = Promise.withResolvers<void>();
      let isOver = false;
      void awake.hold(answered.promise, options).then(() => {
        isOver = true;
      });
      return { answer: answered.resolve, isOver: () => isOver };
    },
    begin() {
      work = Promise.withResolvers();
      isBusy = true;
    },
    end() {
      isBusy = false;
      work.resolve();
    },
  };
}

test("a process is awake until its request is answered and its work is done, and then goes to rest", async () => {
  const { hold, begin, end, happened, awake } = start();
  const request = hold();
  begin();
  request.answer();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(request.isOver()).toBe(false);
  expect(awake.mayBegin()).toBe(true);
  end();
  await vi.advanceTimersByTimeAsync(REST_AFTER_MS + closeMs);
  expect(request.isOver()).toBe(true);
  expect(happened).toEqual(["woken", "nothing to hand over", "rests"]);
  expect(awake.mayBegin()).toBe(false);
});

test("when its time is up it hands over before the limit, and begins nothing shortly before", async () => {
  const { hold, begin, happened, awake } = start();
  const request = hold();
  begin();
  await vi.advanceTimersByTimeAsync(beginMs);
  expect(awake.mayBegin()).toBe(false);
  expect(happened).toEqual(["woken"]);
  await vi.advanceTimersByTimeAsync(workMs - beginMs + closeMs);
  expect(happened).toEqual(["woken", "handed over", "rests"]);
  expect(request.isOver()).toBe(true);
});

test("whoever comes later gives it their time, and no request lasts longer than its own", async () => {
  const { hold, begin, happened, awake } = start();
  const first = hold();
  begin();
  await vi.advanceTimersByTimeAsync(beginMs);
  const second = hold();
  expect(awake.mayBegin()).toBe(true);
  await vi.advanceTimersByTimeAsync(workMs - beginMs);
  expect(first.isOver()).toBe(true);
  expect(second.isOver()).toBe(false);
  expect(happened).not.toContain("handed over");
  await vi.advanceTimersByTimeAsync(workMs);
  expect(happened).toContain("handed over");
});

test("a request in a process that is only to answer begins nothing there", async () => {
  const { hold, happened, awake } = start();
  hold({ works: false });
  expect(awake.mayBegin()).toBe(false);
  expect(happened).toEqual([]);
});

test("a process that goes to rest has seen whether a worker is dead", () => {
  expect(WITNESS_LOOK_MS * 2).toBeLessThan(REST_AFTER_MS);
});
