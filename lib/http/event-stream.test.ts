import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLines } from "#lib/open-lines";
import { eventStream } from "./event-stream.ts";
import { KEEP_ALIVE_MS, LINE_JITTER_MS, LINE_MAX_MS } from "./limits.ts";

const asker = { accountId: "a", by: { kind: "device" as const, id: "phone" } };
let lines = createLines();
beforeEach(() => {
  lines = createLines();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

test("the greeting leaves before there is anything to say", async () => {
  const line = open(() => Promise.withResolvers<string>().promise);
  expect(await line.read()).toBe("retry: 1000\n\n");
  await line.leave();
});

test("a silent line gives a sign of life, and says what comes then", async () => {
  const word = Promise.withResolvers<string>();
  const line = open(() => word.promise);
  await line.read();
  for (const _ of [1, 2]) {
    const comment = line.read();
    await vi.advanceTimersByTimeAsync(KEEP_ALIVE_MS);
    expect(await comment).toBe(": keep-alive\n\n");
  }
  word.resolve("data: 1\n\n");
  expect(await line.read()).toBe("data: 1\n\n");
  await line.leave();
});

test("a line is ended before anything else ends it, and the reader is told to come back", async () => {
  const line = open(async () => "data: 1\n\n");
  await line.read();
  await vi.advanceTimersByTimeAsync(LINE_MAX_MS + LINE_JITTER_MS);
  expect(await line.read()).toBe('event: bye\ndata: {"reason":"rotate","retryMs":0}\n\n');
  expect(await line.read()).toBeUndefined();
  expect(line.isLetGo()).toBe(true);
});

test("a server that goes says so in the middle of a silence", async () => {
  const line = open((leave) => untilAborted(leave));
  await line.read();
  const goodbye = line.read();
  lines.endAll({ reason: "restart", retryMs: 500 });
  expect(await goodbye).toBe('event: bye\ndata: {"reason":"restart","retryMs":500}\n\n');
  expect(await line.read()).toBeUndefined();
  expect(line.isLetGo()).toBe(true);
});

test("a line that is opened on a server that goes is told so at once", async () => {
  lines.endAll({ reason: "restart", retryMs: 500 });
  const line = open((leave) => untilAborted(leave));
  await line.read();
  expect(await line.read()).toBe('event: bye\ndata: {"reason":"restart","retryMs":500}\n\n');
  expect(await line.read()).toBeUndefined();
});

test("who is signed out is told so in the middle of a silence, and nobody else is", async () => {
  const line = open((leave) => untilAborted(leave));
  await line.read();
  const goodbye = line.read();
  lines.endHeldBy(new Set(["tablet"]), { reason: "restart", retryMs: 500 });
  lines.endHeldBy(new Set(["phone"]), { reason: "signed-out", retryMs: 0 });
  expect(await goodbye).toBe('event: bye\ndata: {"reason":"signed-out","retryMs":0}\n\n');
  expect(await line.read()).toBeUndefined();
  expect(lines.credentials()).toEqual([]);
});

test("who takes an end for the whole answer is not sent away, and sees a break when the server goes", async () => {
  const line = open((leave) => untilAborted(leave), "break");
  await line.read();
  const silence = line.read();
  await vi.advanceTimersByTimeAsync(2 * LINE_MAX_MS);
  expect(await silence).toBe(": keep-alive\n\n");
  const next = line.read();
  lines.endAll({ reason: "restart", retryMs: 500 });
  await expect(next).rejects.toThrow("broken off");
  expect(line.isLetGo()).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("a reader who leaves during a silence leaves nothing behind", async () => {
  const line = open((leave) => untilAborted(leave));
  await line.read();
  const nothing = line.read();
  await line.leave();
  expect(await nothing).toBeUndefined();
  await expect.poll(line.isLetGo).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("a reader who leaves between two frames leaves nothing behind", async () => {
  const line = open(async () => "data: 1\n\n");
  await line.read();
  await line.read();
  await line.leave();
  await expect.poll(line.isLetGo).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("a failure ends the line and leaves nothing behind", async () => {
  const line = open(() => Promise.reject(new Error("the database went away")));
  await line.read();
  await expect(line.read()).rejects.toThrow("the database went away");
  expect(line.isLetGo()).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("one line too many of an account is refused, lets go at once, and has room when another one ended", async () => {
  lines = createLines(2);
  const isSaid = () => Promise.resolve("data: 1\n\n");
  const [first] = [open(isSaid), open(isSaid)];
  const leave = new AbortController();
  const frames = async function* () {
    yield "";
  };
  const another = (accountId: string) =>
    eventStream({ frames: frames(), leave, asker: { ...asker, accountId }, lines });
  expect(() => another("a")).toThrow(
    expect.objectContaining({ code: "rate-limited", retryAfterSeconds: expect.any(Number) }),
  );
  expect(leave.signal.aborted).toBe(true);
  expect(vi.getTimerCount()).toBe(4); // Of the two that are open.
  await another("b").body?.cancel();
  await first?.leave();
  await another("a").body?.cancel();
  await another("a").body?.cancel();
});

/** A line that says what `say` gives, again and again, and knows whether anybody still holds it. */
function open(say: (leave: AbortSignal) => Promise<string>, early: "say-bye" | "break" = "say-bye") {
  const leave = new AbortController();
  let isLetGo = false;
  async function* frames() {
    try {
      while (!leave.signal.aborted) yield await say(leave.signal);
    } finally {
      isLetGo = true;
    }
  }
  const reader = (
    eventStream({ frames: frames(), leave, asker, early, lines }).body as ReadableStream<Uint8Array>
  ).getReader();
  return {
    read: async () => new TextDecoder().decode((await reader.read()).value) || undefined,
    leave: () => reader.cancel(),
    isLetGo: () => isLetGo,
  };
}

function untilAborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(""), { once: true }));
}
