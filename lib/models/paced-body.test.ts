import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pacedBody } from "./paced-body.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

const said = (text: string) => `data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`;
const DONE = "data: [DONE]\n\n";
const settled = () => new Promise(setImmediate);

/** A source, and what comes through of it with the moments at which it came. */
function playing(restMs: () => number) {
  const source = new PassThrough();
  const startedAtMs = performance.now();
  const heard: [atMs: number, text: string][] = [];
  const decoder = new TextDecoder();
  const hearing = (async () => {
    for await (const bytes of pacedBody(source, restMs)) {
      heard.push([performance.now() - startedAtMs, decoder.decode(bytes)]);
    }
  })();
  return {
    source,
    heard,
    hearing,
    async say(text: string, thenMs = 0) {
      source.write(text);
      await settled();
      await vi.advanceTimersByTimeAsync(thenMs);
      await settled();
    },
  };
}

/** As the flusher says it: so long after each commit, and what comes through is committed at once. */
function restingAfterEach(intervalMs: number) {
  let committedAtMs = Number.NEGATIVE_INFINITY;
  return {
    commit() {
      committedAtMs = performance.now();
    },
    restMs: () => committedAtMs + intervalMs - performance.now(),
  };
}

test("the first word goes at once, those that follow go together when their time has come, an end takes what waits", async () => {
  const { commit, restMs } = restingAfterEach(50);
  const { say, heard, source, hearing } = playing(restMs);
  await say(said("a"));
  commit();
  await say(said("b"), 20);
  await say(said("c"), 20);
  await say(said("d"), 10);
  commit();
  await say(said("e"), 20);
  await say(DONE);
  source.end();
  await hearing;
  expect(heard).toEqual([
    [0, said("a")],
    [50, said("bcd")],
    [70, said("e") + DONE],
  ]);
});

test("when their time has moved on meanwhile, words go on waiting", async () => {
  const { commit, restMs } = restingAfterEach(50);
  const { say, heard } = playing(restMs);
  commit();
  await say(said("a"), 30);
  commit();
  await say(said("b"), 30);
  expect(heard).toEqual([]);
  await say(said("c"), 20);
  expect(heard).toEqual([[80, said("abc")]]);
});

test("when their time is up sooner than was said, they go with the next word", async () => {
  let rest = 250;
  const { say, heard } = playing(() => rest);
  await say(said("a"), 20);
  rest = 0;
  await say(said("b"));
  expect(heard).toEqual([[20, said("ab")]]);
});

test("what was said before the connection broke comes before the failure", async () => {
  const { say, heard, source, hearing } = playing(() => 60_000);
  await say(said("a"));
  source.destroy(new Error("broken"));
  await expect(hearing).rejects.toThrow("broken");
  expect(heard.map(([, text]) => text)).toEqual([said("a")]);
});

test("a reader who does not read slows its source, and then gets all of it", async () => {
  const source = new PassThrough();
  const reader = pacedBody(source, () => 0).getReader();
  let words = 0;
  while (source.write(said("z".repeat(100)))) {
    words += 1;
    await settled();
  }
  expect(source.isPaused()).toBe(true);
  source.end();
  let heard = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    heard += new TextDecoder().decode(read.value);
  }
  expect(heard.match(/z/g)).toHaveLength((words + 1) * 100);
});

test("when nobody reads any more, nothing stays open", async () => {
  const source = new PassThrough();
  const reader = pacedBody(source, () => 60_000).getReader();
  const reading = reader.read();
  source.write(said("a"));
  await settled();
  expect(vi.getTimerCount()).toBe(1);
  await reader.cancel();
  expect((await reading).done).toBe(true);
  expect(source.destroyed).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("an error that is on its way when its reader leaves is nobody's", async () => {
  const source = new PassThrough();
  const reader = pacedBody(source, () => 60_000).getReader();
  source.write(said("a"));
  await settled();
  const told = new Promise((resolve) => source.once("close", resolve));
  source.destroy(new Error("broken"));
  await reader.cancel();
  await told;
});
