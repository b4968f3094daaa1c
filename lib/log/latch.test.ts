import { expect, test } from "vitest";
import { createLatch } from "./latch.ts";

const never = new AbortController().signal;

test("a wake-up that came before the wait is not lost", async () => {
  const latch = createLatch();
  latch.wake();
  await latch.wait(never);
});

test("many wake-ups are one", async () => {
  const latch = createLatch();
  latch.wake();
  latch.wake();
  await latch.wait(never);
  let isOver = false;
  const second = latch.wait(never).then(() => {
    isOver = true;
  });
  await Promise.resolve();
  expect(isOver).toBe(false);
  latch.wake();
  await second;
});

test("a wait ends when its reader leaves, and leaves no listener behind", async () => {
  const latch = createLatch();
  const reader = new AbortController();
  const waiting = latch.wait(reader.signal);
  reader.abort();
  await waiting;
  await latch.wait(reader.signal);
});
