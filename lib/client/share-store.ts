import { type Snapshot, snapshotSchema } from "#lib/protocol/event";
import { framesOfSharePage } from "#lib/protocol/share-page";
import { ask, type Fetch } from "./ask.ts";
import { crowdedWorld } from "./browser-world.ts";
import { browserClock, type Clock } from "./clock.ts";
import { createConversationLog } from "./conversation-log.ts";
import { type ConversationView, viewOf } from "./conversation-view.ts";
import { browserFrame, gather, type Schedule } from "./frame.ts";
import { isThere } from "./is-there.ts";
import { createListeners } from "./listeners.ts";
import { createTabLine } from "./tab-line.ts";
import type { World } from "./world.ts";

type ShareDeps = {
  fetch: Fetch;
  clock: Clock;
  random: () => number;
  world: World;
  schedule: Schedule;
  report: (error: unknown) => void;
};

export type ShareStore = ReturnType<typeof createShareStore>;

/** What a link leads to has one log, and it is told without a name. */
const THE_LOG = "";

/** What a link leads to, as this page knows it: read alone, by the same line and the same fold as everything else. */
export function createShareStore(deps: ShareDeps, shareToken: string, initial: Snapshot) {
  const address = `/api/shares/${shareToken}`;
  const listeners = createListeners();
  const log = createConversationLog(
    {
      ...deps,
      api: { loadSnapshot: (_, signal) => ask(deps, address, { answer: snapshotSchema, signal }) },
      onEntry: gather(deps.schedule, refresh),
      onChange: refresh,
    },
    initial,
  );
  let view: ConversationView = viewOf({ ...log.facts(), pending: [], cancelling: [], approving: [] });
  const line = createTabLine({
    ...deps,
    way: {
      addressOf: ([place]) => `${address}/events?after=${place?.after ?? 0}`,
      framesOfPage: framesOfSharePage,
    },
    isThere: (_, signal) => isThere(deps, `${address}/events`, signal),
  });

  function refresh() {
    view = viewOf({ ...log.facts(), pending: [], cancelling: [], approving: [] }, view);
    listeners.tell();
  }

  return {
    subscribe: listeners.subscribe,
    getView: () => view,
    line: { subscribe: line.subscribe, getView: line.getView },
    /** Follows until the returned function is called, or there is nothing more to follow. */
    connect: (): (() => void) => line.follow(THE_LOG, log.reader),
  };
}

/** The one of the page that this code runs in. Nothing of the browser is touched before it is used. */
export const createBrowserShare = (shareToken: string, snapshot: Snapshot): ShareStore =>
  createShareStore(
    {
      fetch: (address, init) => fetch(address, init),
      clock: browserClock,
      random: Math.random,
      world: crowdedWorld,
      schedule: browserFrame,
      report: (error) => reportError(error),
    },
    shareToken,
    snapshot,
  );
