import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchSilence } from "./silence.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const never = new Promise<never>(() => undefined);

function watch({ silenceMs }: { silenceMs: number | undefined } = { silenceMs: 1_000 }) {
  const stop = new AbortController();
  return { stop, ...watchSilence({ silenceMs, silent: () => new Error("silent"), signal: stop.signal }) };
}

test("a wait that takes too long is given up, and ends the call", async () => {
  const { wait, signal } = watch();
  const waiting = wait(never);
  waiting.catch(() => undefined);
  vi.advanceTimersByTime(999);
  await nextTurn();
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  await expect(waiting).rejects.toThrow("silent");
  expect(signal.aborted).toBe(true);
});

test("each wait begins anew, and what lies between them does not count", async () => {
  const { wait, signal } = watch();
  for (let times = 0; times < 3; times += 1) {
    const answer = Promise.withResolvers<number>();
    const waiting = wait(answer.promise);
    vi.advanceTimersByTime(900);
    answer.resolve(times);
    expect(await waiting).toBe(times);
    vi.advanceTimersByTime(5_000);
    await nextTurn();
  }
  expect(signal.aborted).toBe(false);
});

test("what has arrived while the process itself was held up is read before anybody is blamed", async () => {
  const { wait } = watch();
  const answer = Promise.withResolvers<string>();
  const waiting = wait(answer.promise);
  vi.advanceTimersByTime(60_000);
  answer.resolve("here all along");
  expect(await waiting).toBe("here all along");
  await nextTurn();
  expect(await wait(Promise.resolve("and on"))).toBe("and on");
});

test("a stop from outside is thrown into the wait, with its reason", async () => {
  const { wait, stop } = watch();
  const waiting = wait(never);
  stop.abort(new Error("cancelled"));
  await expect(waiting).rejects.toThrow("cancelled");
  await expect(wait(never)).rejects.toThrow("cancelled");
});

test("without a limit there is none", async () => {
  const { wait, signal, end } = watch({ silenceMs: undefined });
  wait(never).catch(() => undefined);
  vi.advanceTimersByTime(1e9);
  await nextTurn();
  expect(signal.aborted).toBe(false);
  end();
  expect(signal.aborted).toBe(true);
});
