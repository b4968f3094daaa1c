import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConversationEvent, Snapshot } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { controlFrame, entryFrame, retryFrame } from "#lib/protocol/sse";
import { emptySnapshot } from "./empty-snapshot.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeWorld } from "./fake-world.ts";
import { createShareStore } from "./share-store.ts";
import { answerJson, answerProblem, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

const TOKEN = "a".repeat(43);
const EVENTS = `GET /api/shares/${TOKEN}/events`;
const snapshot: Snapshot = { ...emptySnapshot(newId(), "2026-01-01T00:00:00.000Z"), sequence: 3 };
const titled = (title: string): ConversationEvent => ({
  type: "conversation-changed",
  conversation: { ...snapshot.conversation, title },
});

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
});
afterEach(() => server.stop());

function setUp() {
  const deps = { fetch: server.fetch, clock: createFakeClock(), world: createFakeWorld(), random: () => 0.5 };
  const report = vi.fn();
  const store = createShareStore({ ...deps, report, schedule: (act) => act() }, TOKEN, snapshot);
  return { ...deps, store, report, leave: store.connect() };
}

/** Answers a request for the line with these frames, and leaves it open or not. */
function bring(frames: string[], isLeftOpen = true) {
  server.routes.set(EVENTS, (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(retryFrame(1_000) + frames.join(""));
    if (!isLeftOpen) response.end();
  });
}

const frameOf = (sequence: number, event: { type: string }) =>
  entryFrame({ id: String(sequence), first: sequence, sequence, eventText: JSON.stringify(event) });

test("what is told by a link is folded, and what is withheld only counts", async () => {
  bring([
    frameOf(4, { type: "withheld" }),
    frameOf(5, titled("Renamed")),
    controlFrame("caught-up", { sequence: 5 }),
  ]);
  const { store, leave } = setUp();
  await soon(() => expect(store.getView().snapshot.conversation.title).toBe("Renamed"));
  expect(store.getView().snapshot.sequence).toBe(5);
  expect(store.line.getView().state).toBe("live");
  leave();
});

test("where another branch is shown, the view is loaded anew", async () => {
  bring([controlFrame("reset", { sequence: 9 })]);
  server.routes.set(`GET /api/shares/${TOKEN}`, (_, response) => {
    bring([]);
    answerJson(response, 200, {
      ...snapshot,
      conversation: { ...snapshot.conversation, title: "Anew" },
      sequence: 9,
    });
  });
  const { store, leave } = setUp();
  await soon(() =>
    expect(store.getView().snapshot).toMatchObject({ sequence: 9, conversation: { title: "Anew" } }),
  );
  leave();
});

test("a link that is taken back ends the reading, and a network that fails does not", async () => {
  bring([controlFrame("caught-up", { sequence: 3 })], false);
  const { store, clock } = setUp();
  await soon(() => expect(clock.pending().length).toBeGreaterThan(0));
  expect(store.getView().gone).toBeUndefined();
  server.routes.set(EVENTS, (_, response) => answerProblem(response, 404, "not-found"));
  clock.advance(10_000);
  await soon(() => expect(store.getView().gone).toBe("not-found"));
});

test("a conversation that is deleted says so", async () => {
  bring([frameOf(4, { type: "conversation-deleted" })]);
  const { store, leave } = setUp();
  await soon(() => expect(store.getView().gone).toBe("deleted"));
  leave();
});
