import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { AccountEvent } from "#lib/protocol/event";
import type { Api, Line } from "./api.ts";
import { test } from "./fixtures.ts";
import { type ControlFrame, type EntryFrame, type Frame, isControl, isEntry, readUntil } from "./frames.ts";
import { expectDense } from "./recording.ts";

type Places = Record<string, number>;

test("several logs on one line: every entry names its log, and its id is the place in all of them", async ({
  api,
}) => {
  const { line, place, frames } = await threeLogs(api);
  line.leave();
  const entries = frames.filter(isEntry);
  for (const log of Object.keys(place)) {
    const own = entries.filter((entry) => entry.log === log);
    expectDense(own, { after: 0, head: place[log] ?? 0 });
    expect(own.length).toBeGreaterThan(2);
  }
  const reached: Places = Object.fromEntries(Object.keys(place).map((log) => [log, 0]));
  for (const entry of entries) {
    reached[entry.log ?? ""] = entry.sequence;
    expect(placesIn(entry.id)).toEqual(reached);
  }
  const caughtUp = frames.filter(isControl);
  expect(caughtUp.map(({ event }) => event)).toEqual(Array(3).fill("caught-up"));
  expect(new Set(caughtUp.map(({ data }) => data.log))).toEqual(new Set(Object.keys(place)));
});

test("a line of several logs can be rejoined at each of its ids", async ({ api }) => {
  const { line, place, frames } = await threeLogs(api);
  line.leave();
  const address = Object.keys(place).map((log) => `log=${log}:0`);
  for (const { id } of frames.filter(isEntry)) {
    const back = await api.line(`/api/follow?${address.join("&")}`, { headers: { "last-event-id": id } });
    const told = (await readUntil(back.frames, caughtUpTimes(3))).filter(isEntry);
    back.leave();
    for (const [log, after] of Object.entries(placesIn(id))) {
      const own = told.filter((entry) => entry.log === log);
      expectDense(own, { after, head: place[log] ?? 0 });
    }
  }
});

test("several logs can be read page by page, each page after the one before, and come to the same", async ({
  api,
}) => {
  const { line, place } = await threeLogs(api);
  line.leave();
  const reached: Places = Object.fromEntries(Object.keys(place).map((log) => [log, 0]));
  const told: Told[] = [];
  for (let page = await readPage(api, reached); page.some(isNews); page = await readPage(api, reached)) {
    told.push(...page.filter(isNews));
    for (const { log, sequence } of page) reached[log] = sequence;
  }
  expect(reached).toEqual(place);
  for (const log of Object.keys(place)) {
    expectDense(
      told.filter((item) => item.log === log),
      { after: 0, head: place[log] ?? 0 },
    );
  }
});

test("a page is held until there is something to tell, and a number that is none is told to reset", async ({
  api,
}) => {
  const { id } = await api.create();
  const reached = { account: 1, [id]: 1 };
  const waiting = readPage(api, reached, "wait=25");
  await api.ask(`/api/conversations/${id}`, { method: "PATCH", body: { title: "Numbers" } });
  // The change is told in both logs. Whichever is first ends the wait.
  expect((await waiting).filter(isNews)).toContainEqual(expect.objectContaining({ first: 2, sequence: 2 }));
  expect(await readPage(api, { account: 99 }, "wait=25")).toEqual([
    { log: "account", sequence: 2, reset: true },
  ]);
  expect(await readPage(api, { account: 2 }, "wait=1")).toEqual([
    { log: "account", sequence: 2, caughtUp: true },
  ]);
});

test("a log that the last id does not know begins where the address says", async ({ api }) => {
  const [a, b] = [await api.create(), await api.create()];
  const line = await api.line(`/api/follow?log=${a.id}:0&log=${b.id}:0`, {
    headers: { "last-event-id": `${a.id}:1,${randomUUID()}:7` },
  });
  const told = (await readUntil(line.frames, caughtUpTimes(2))).filter(isEntry);
  line.leave();
  expect(told.map(({ log, sequence }) => [log, sequence])).toEqual([[b.id, 1]]);
});

test("the account's log tells what happens to its conversations, as the list shows them", async ({ api }) => {
  const line = await api.line("/api/follow?log=account:0");
  await readUntil(line.frames, isControl);
  const id = randomUUID();
  await api.answered(id, "count to 2, 0 ms apart");
  const events = eventsOf(await readUntil(line.frames, hasEvent({ generating: false })));
  expect(events.map((event) => [event.type, itemOf(event)?.generating])).toEqual([
    ["conversation-added", true],
    ["conversation-changed", false],
  ]);
  const { body } = await api.ask<{ conversations: object[] }>("/api/conversations");
  expect(body.conversations).toEqual([itemOf(events.at(-1))]);

  const path = `/api/conversations/${id}`;
  await api.ask(path, { method: "PATCH", body: { title: "Numbers", pinned: true } });
  const [changed] = eventsOf(await readUntil(line.frames, isEntry));
  expect(changed).toMatchObject({
    type: "conversation-changed",
    conversation: { id, title: "Numbers", pinned: true, generating: false },
  });

  const { generationId } = await api.send(id, "stall after 1");
  await readUntil(line.frames, hasEvent({ generating: true }));
  await api.cancel(generationId);
  await readUntil(line.frames, hasEvent({ generating: false }));

  await api.fetch(path, { method: "DELETE" });
  const [deleted] = eventsOf(await readUntil(line.frames, isEntry));
  expect(deleted).toEqual({ type: "conversation-deleted", conversationId: id });
  line.leave();
});

test("a deleted conversation says goodbye on the line, and the others go on", async ({ api }) => {
  const [gone, kept] = [await api.create(), await api.create()];
  const line = await api.line(`/api/follow?log=${gone.id}:0&log=${kept.id}:0`);
  await readUntil(line.frames, caughtUpTimes(2));
  await api.fetch(`/api/conversations/${gone.id}`, { method: "DELETE" });
  const goodbye = await readUntil(line.frames, isControl);
  expect(goodbye).toMatchObject([
    { kind: "entry", log: gone.id, event: { type: "conversation-deleted" } },
    { kind: "control", event: "bye", data: { log: gone.id, reason: "conversation-deleted" } },
  ]);
  await api.ask(`/api/conversations/${kept.id}`, { method: "PATCH", body: { title: "Still here" } });
  const next = await readUntil(line.frames, isEntry);
  expect(next.at(-1)).toMatchObject({ log: kept.id, event: { conversation: { title: "Still here" } } });
  line.leave();
});

test("one log of several whose number is above its head is reset alone", async ({ api }) => {
  const [ahead, other] = [await api.create(), await api.create()];
  const line = await api.line(`/api/follow?log=${ahead.id}:99&log=${other.id}:0&log=account:99`);
  const said: ControlFrame[] = [];
  while (said.length < 3) said.push(...(await readUntil(line.frames, isControl)).filter(isControl));
  line.leave();
  const byLog = Object.fromEntries(
    said.map(({ event, data }) => [data.log, { event, sequence: data.sequence }]),
  );
  expect(byLog).toEqual({
    [ahead.id]: { event: "reset", sequence: 1 },
    [other.id]: { event: "caught-up", sequence: 1 },
    account: { event: "reset", sequence: 2 },
  });
});

/** The account and two of its conversations, followed from nothing until both answers are told to their ends. */
async function threeLogs(api: Api): Promise<{ line: Line; place: Places; frames: Frame[] }> {
  const [a, b] = [await api.create(), await api.create()];
  const line = await api.line(`/api/follow?log=account:0&log=${a.id}:0&log=${b.id}:0`);
  const frames = await readUntil(line.frames, caughtUpTimes(3));
  await Promise.all([a, b].map(({ id }) => api.send(id, "think 3, then count to 10, 10 ms apart")));
  const isOver = (): boolean => {
    const events = eventsOf(frames);
    const states = new Map(events.map((event) => [itemOf(event)?.id, itemOf(event)?.generating]));
    const ends = frames.filter((frame) => isEntry(frame) && frame.event.type === "generation-end");
    // Both were seen to begin and to end, in their own logs and in the account's.
    return ends.length === 2 && [a, b].every(({ id }) => states.get(id) === false && events.length > 4);
  };
  while (!isOver()) frames.push(...(await readUntil(line.frames, isEntry)));
  const last = frames.filter(isEntry).at(-1) as EntryFrame;
  return { line, place: placesIn(last.id), frames };
}

function placesIn(id: string): Places {
  return Object.fromEntries(
    id.split(",").map((place) => {
      const [log = "", sequence] = place.split(":");
      return [log, Number(sequence)];
    }),
  );
}

const itemOf = (event: AccountEvent | undefined) =>
  event && "conversation" in event ? event.conversation : undefined;

const eventsOf = (frames: Frame[]): AccountEvent[] =>
  frames
    .filter(isEntry)
    .filter(({ log }) => log === "account")
    .map(({ event }) => event as AccountEvent);

const hasEvent =
  ({ generating }: { generating: boolean }) =>
  (frame: Frame) =>
    eventsOf([frame]).some((event) => itemOf(event)?.generating === generating);

function caughtUpTimes(times: number): (frame: Frame) => boolean {
  let left = times;
  return (frame) => {
    if (isControl(frame) && frame.event === "caught-up") left -= 1;
    return left === 0;
  };
}

/** What a page tells: an entry, or of a log that there is no more, or that it must be loaded anew. */
type Told = { log: string; first: number; sequence: number; event?: object; caughtUp?: true; reset?: true };

const isNews = ({ event }: Told) => event !== undefined;

async function readPage(api: Api, reached: Places, query = ""): Promise<Told[]> {
  const logs = Object.entries(reached).map(([log, after]) => `log=${log}:${after}`);
  const { body } = await api.ask<{ told: Told[] }>(`/api/follow?${[...logs, query].join("&")}`, {
    headers: { accept: "application/json" },
  });
  return body.told;
}
