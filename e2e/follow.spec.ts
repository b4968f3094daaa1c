import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { Chunk } from "#lib/protocol/event";
import type { Api, Page } from "./api.ts";
import { test } from "./fixtures.ts";
import { chunksOf, hasCountedTo, isControl, isEnd, isEntry, readAll, readUntil } from "./frames.ts";
import { expectProblem } from "./problems.ts";
import { expectDense, expectSame, folded, nothing, toldUntilIdle } from "./recording.ts";

const PAGE_BYTES = 256 * 1024;
const SHORT = "count to 2, 0 ms apart";

test("an event stream says how it is to be passed on, and nothing packs it", async ({ api }) => {
  const { id } = await api.create();
  const line = await api.events(id, "", { "accept-encoding": "gzip, br" });
  expect(line.status).toBe(200);
  expect(line.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(line.headers.get("cache-control")).toBe("no-cache, no-transform");
  expect(line.headers.get("x-accel-buffering")).toBe("no");
  expect(line.headers.get("content-encoding")).toBeNull();
  line.leave();
});

test("the first bytes leave at once, though there is nothing to tell", async ({ api }) => {
  const { id } = await api.create();
  const { sequence } = await api.snapshot(id);
  const line = await api.events(id, `after=${sequence}`);
  expect(await readUntil(line.frames, isControl)).toEqual([
    { kind: "retry", ms: 1000 },
    { kind: "control", event: "caught-up", data: { sequence } },
  ]);
  line.leave();
});

test("a reader hears once that it has caught up, and then all that happens", async ({ api }) => {
  const { id } = await api.create();
  const line = await api.events(id);
  const frames = await readUntil(line.frames, isControl);
  await api.send(id, SHORT);
  frames.push(...(await readUntil(line.frames, isEnd)));
  await patch(api, id, { title: "Two numbers" });
  frames.push(...(await readUntil(line.frames, isEntry)));
  line.leave();
  const { sequence } = await api.snapshot(id);
  expectDense(frames.filter(isEntry), { after: 0, head: sequence });
  expect(frames.filter(isControl)).toEqual([{ kind: "control", event: "caught-up", data: { sequence: 1 } }]);
  expect(frames.at(-1)).toMatchObject({
    id: String(sequence),
    event: { type: "conversation-changed", conversation: { title: "Two numbers" } },
  });
});

test("a line that is to end when nothing is being generated waits for all that was asked", async ({
  api,
}) => {
  const { id } = await api.create();
  const idle = toldUntilIdle(await readAll((await api.events(id, "until=idle")).frames));
  expectDense(idle, { after: 0, head: 1 });
  await api.send(id, "count to 20, 10 ms apart");
  await api.send(id, SHORT);
  const told = toldUntilIdle(await readAll((await api.events(id, "until=idle")).frames));
  expect(told.filter(isEnd)).toHaveLength(2);
  expectDense(told, { after: 0, head: (await api.snapshot(id)).sequence });
});

test("two readers see the same bytes, and a late one the same with some entries joined", async ({ api }) => {
  const { id } = await api.create();
  const [one, two] = await Promise.all([api.events(id), api.events(id)]);
  const [ones, twos] = await Promise.all([
    readUntil(one.frames, isControl),
    readUntil(two.frames, isControl),
  ]);
  await api.send(id, "think 10, 10 ms apart, then count to 80, 10 ms apart");
  ones.push(...(await readUntil(one.frames, hasCountedTo(20))));
  const late = await api.events(id);
  ones.push(...(await readUntil(one.frames, isEnd)));
  twos.push(...(await readUntil(two.frames, isEnd)));
  const lates = (await readUntil(late.frames, isEnd)).filter(isEntry);
  const firsts = ones.filter(isEntry);
  for (const line of [one, two, late]) line.leave();
  expect(twos.filter(isEntry)).toEqual(firsts);
  const { sequence: head } = await api.snapshot(id);
  expectDense(lates, { after: 0, head });
  expect(lates.length, "what the late one missed was joined").toBeLessThan(firsts.length);
  for (const entry of lates) {
    const covered = firsts.filter(({ sequence }) => sequence >= entry.first && sequence <= entry.sequence);
    if (covered.length < 2) expect([entry.text]).toEqual(covered.map(({ text }) => text));
    else expect(joined(chunksOf([entry]))).toEqual(joined(chunksOf(covered)));
  }
});

test("pages of JSON lead through a log that is longer than a page", async ({ api }) => {
  const { id } = await api.create();
  await api.answered(id, "count to 60000, 0 ms apart");
  // Three bytes a character: a page is counted in bytes.
  for (let index = 0; index < 4; index += 1) await api.answered(id, `${SHORT} ${"語".repeat(40_000)}`);
  const end = await api.snapshot(id);
  let state = nothing(id);
  let pages = 0;
  while (state.sequence < end.sequence) {
    const response = await api.fetch(`/api/conversations/${id}/events?after=${state.sequence}`);
    const text = await response.text();
    const page = JSON.parse(text) as Page;
    expect(Object.keys(page).sort()).toEqual(["entries", "generating", "sequence"]);
    expect(page.entries.length).toBeGreaterThan(0);
    // One entry that is longer than a page is a page by itself.
    if (page.entries.length > 1) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(PAGE_BYTES);
    expectDense(page.entries, { after: state.sequence, head: page.sequence });
    state = folded(state, page.entries);
    pages += 1;
  }
  expect(pages).toBeGreaterThan(2);
  expectSame(state, end);
  expect(await api.page(id, `after=${end.sequence}`)).toEqual({
    entries: [],
    sequence: end.sequence,
    generating: false,
  });
});

test("a poll that finds nothing waits, and is answered when something comes", async ({ api }) => {
  const { id } = await api.create();
  const startedAtMs = performance.now();
  const waiting = api.page(id, "after=1&wait=25");
  await patch(api, id, { title: "Something" });
  const page = await waiting;
  expect(page).toMatchObject({ entries: [{ first: 2, sequence: 2 }], sequence: 2, generating: false });
  expect(performance.now() - startedAtMs, "it did not sit out its time").toBeLessThan(20_000);
  const emptyAtMs = performance.now();
  expect(await api.page(id, "after=2&wait=1")).toEqual({ entries: [], sequence: 2, generating: false });
  expect(performance.now() - emptyAtMs).toBeGreaterThan(900);
});

test("a poller who is told that nothing is being generated has been told how it ended", async ({ api }) => {
  const pollers = Array.from({ length: 30 }, async () => {
    const id = randomUUID();
    await api.send(id, SHORT);
    const types: string[] = [];
    for (let [after, generating] = [0, true]; generating; ) {
      const page = await api.page(id, `after=${after}&wait=2`);
      types.push(...page.entries.map(({ event }) => event.type));
      ({ sequence: after, generating } = page);
    }
    return types.at(-1);
  });
  expect(await Promise.all(pollers)).toEqual(Array(30).fill("generation-end"));
});

test("a number above the head is told to load the snapshot, and then hears what happens", async ({ api }) => {
  const { id } = await api.create();
  await api.answered(id, SHORT);
  for (const after of [1_000, 10 ** 14]) {
    const { sequence } = await api.snapshot(id);
    const line = await api.events(id, `after=${after}`);
    const frames = await readUntil(line.frames, isControl);
    expect(frames.at(-1)).toEqual({ kind: "control", event: "reset", data: { sequence } });
    expect(frames.filter(isEntry)).toEqual([]);
    const { body } = await patch(api, id, { title: `Not at ${after}` });
    expect((await readUntil(line.frames, isEntry)).at(-1)).toMatchObject({ sequence: body.sequence });
    line.leave();
    const page = await api.page(id, `after=${after}&wait=25`);
    expect(page).toEqual({ entries: [], sequence: body.sequence, generating: false, reset: true });
  }
});

test("a line says goodbye when its conversation is deleted, and there is none to follow after", async ({
  api,
}) => {
  const { id } = await api.create();
  await api.send(id, "stall after 2");
  const lines = await Promise.all([api.events(id), api.events(id, "until=idle")]);
  for (const line of lines) await readUntil(line.frames, isControl);
  expect((await api.fetch(`/api/conversations/${id}`, { method: "DELETE" })).status).toBe(204);
  for (const line of lines) {
    const frames = await readAll(line.frames);
    expect(frames.slice(-2)).toMatchObject([
      { kind: "entry", event: { type: "conversation-deleted" } },
      {
        kind: "control",
        event: "bye",
        data: { reason: "conversation-deleted", retryMs: expect.any(Number) },
      },
    ]);
  }
  for (const accept of ["application/json", "text/event-stream"]) {
    const gone = await api.refused(`/api/conversations/${id}/events?after=1`, { headers: { accept } });
    expectProblem(gone, "not-found", 404);
  }
});

async function patch(api: Api, id: string, body: object) {
  return api.ask<{ sequence: number }>(`/api/conversations/${id}`, { method: "PATCH", body });
}

/** Chunks with the deltas of each run of one part as one: what joining entries may change, and nothing else. */
function joined(chunks: Chunk[]): unknown[] {
  const runs: Record<string, unknown>[] = [];
  for (const chunk of chunks) {
    const last = runs.at(-1);
    const isSameRun = "delta" in chunk && last?.type === chunk.type && last?.id === chunk.id;
    if (isSameRun && last) last.delta = `${last.delta}${chunk.delta}`;
    else runs.push({ ...chunk });
  }
  return runs;
}
