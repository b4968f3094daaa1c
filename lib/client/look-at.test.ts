import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConversationItem, Snapshot } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { createApi } from "./api.ts";
import type { ConversationView } from "./conversation-view.ts";
import { emptySnapshot } from "./empty-snapshot.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeWorld } from "./fake-world.ts";
import { createListeners } from "./listeners.ts";
import { lookAt } from "./look-at.ts";
import { answerProblem, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
  server.routes.set("*", (_request, response) => response.writeHead(204).end());
});
afterEach(() => server.stop());

/** A conversation and the list, each of which tells its own news. */
function setUp() {
  const clock = createFakeClock();
  const world = createFakeWorld();
  const snapshot = emptySnapshot(newId(), new Date(clock.nowMs()).toISOString());
  const { id } = snapshot.conversation;
  const [shown, listed] = [createListeners(), createListeners()];
  let sequence = 0;
  let unread: boolean | undefined = false;
  const fetch = vi.fn(server.fetch);
  const deps = { fetch, clock, world, random: () => 0.5 };
  const leave = lookAt(
    {
      ...deps,
      api: createApi(deps),
      account: {
        subscribe: listed.subscribe,
        getView: () => ({ conversations: [{ id, unread } as ConversationItem], sequence: 1 }),
      },
    },
    {
      subscribe: shown.subscribe,
      getView: () => ({ snapshot: { ...snapshot, sequence } as Snapshot }) as ConversationView,
    },
  );
  return {
    clock,
    world,
    leave,
    /** How often it was said at all, heard or not. */
    times: () => fetch.mock.calls.length,
    /** The answer is here, as far as this. */
    show(upTo: number) {
      sequence = upTo;
      shown.tell();
    },
    mark(isNew: boolean | undefined) {
      unread = isNew;
      listed.tell();
    },
    says: (...sequences: number[]) =>
      soon(() => {
        expect(server.calls).toEqual(
          sequences.map((sequence) => ({ name: `POST /api/conversations/${id}/read`, body: { sequence } })),
        );
      }),
  };
}

test("an answer that ends before somebody's eyes is read", async () => {
  const { show, mark, says, times } = setUp();
  show(7);
  mark(true);
  await says(7);
  mark(false);
  show(8);
  expect(times()).toBe(1);
});

test("in a tab that nobody sees it is new, until somebody does", async () => {
  const { world, show, mark, says, times } = setUp();
  world.tell("hidden");
  show(7);
  mark(true);
  expect(times()).toBe(0);
  world.tell("visible");
  await says(7);
});

test("where the list is ahead of the answer, it is read once the answer is there", async () => {
  const { show, mark, says } = setUp();
  show(6);
  mark(true);
  await says(6);
  show(9);
  await says(6, 9);
});

test("what is open no longer is not looked at", async () => {
  const { world, show, mark, leave, times } = setUp();
  leave();
  show(7);
  mark(true);
  world.tell("visible");
  expect(times()).toBe(0);
});

test("what was read without a network is said when there is one", async () => {
  const { clock, world, show, mark, says } = setUp();
  server.routes.set("*", (_request, response) => response.destroy());
  show(7);
  mark(true);
  await soon(() => expect(clock.pending()).toContain(125));
  server.routes.set("*", (_request, response) => response.writeHead(204).end());
  world.tell("online");
  await says(7, 7);
});

test("a refusal is no reason to ask again", async () => {
  const { world, show, mark, says, times } = setUp();
  server.routes.set("*", (_request, response) => answerProblem(response, 404, "not-found"));
  show(7);
  mark(true);
  await says(7);
  world.tell("visible");
  mark(true);
  expect(times()).toBe(1);
});
