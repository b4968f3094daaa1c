import { expect, vi } from "vitest";
import type { Message, Snapshot } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { createActions } from "./actions.ts";
import { createApi } from "./api.ts";
import { createConversationStore } from "./conversation-store.ts";
import { createFakeClock } from "./fake-clock.ts";
import type { FakeConversation } from "./fake-conversation.ts";
import { createFakeStorage } from "./fake-storage.ts";
import { createFakeWorld } from "./fake-world.ts";
import type { Reader } from "./reader.ts";
import { createShelf } from "./shelf.ts";
import { createTabLine } from "./tab-line.ts";
import type { LogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

/** One tab with one conversation, and what tests look at. Frames are painted when the test says so. */
export function setUpStore(
  server: LogServer,
  conversation: FakeConversation,
  {
    snapshot = conversation.empty(),
    storage = createFakeStorage(),
  }: { snapshot?: Snapshot; storage?: FakeStorage } = {},
) {
  const clock = createFakeClock();
  const world = createFakeWorld();
  const frames: (() => void)[] = [];
  const deps = { fetch: server.fetch, clock, world, random: () => 0.5 };
  const api = createApi(deps);
  const line = createTabLine({ ...deps, isThere: api.isThere, report: vi.fn() });
  const log = { after: () => 0 };
  const tabLine = {
    follow(name: string, reader: Reader) {
      log.after = reader.after;
      return line.follow(name, reader);
    },
  };
  const shelf = createShelf(storage, "rejoin.a.");
  const schedule = (act: () => void) => void frames.push(act);
  const actions = createActions({ clock, shelf, tabShelf: createShelf(createFakeStorage(), "rejoin.a.") });
  const store = createConversationStore({ ...deps, api, tabLine, shelf, schedule, newId, actions }, snapshot);
  const told = vi.fn();
  store.subscribe(told);

  const paint = () => {
    for (const act of frames.splice(0)) act();
  };
  /** Paints frames until the view is as expected. */
  const shows = (expected: object) =>
    soon(() => {
      paint();
      expect(store.getView()).toMatchObject(expected);
    });
  return {
    store,
    /** The number that the store has, also before it is painted. */
    log,
    clock,
    world,
    storage,
    shelf,
    actions,
    frames,
    told,
    paint,
    shows,
    showsTruth: () => shows({ snapshot: conversation.truth() }),
    isDue: (ms: number) => soon(() => expect(clock.pending()).toContain(ms)),
    texts: () => textsOf(store.getView().path),
  };
}

type FakeStorage = ReturnType<typeof createFakeStorage>;

function textsOf(messages: Message[]): string[] {
  return messages.map(({ parts }) => parts.map((part) => (part.type === "text" ? part.text : "")).join(""));
}
