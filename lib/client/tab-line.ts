import type { ACCOUNT_LOG, AccountEvent, ConversationEvent } from "#lib/protocol/event";
import type { BetweenTabs } from "./between-tabs.ts";
import { createFollowedLogs } from "./followed-logs.ts";
import { gather } from "./frame.ts";
import type { LineDeps, LineUse, LogFrame, Source } from "./held-line.ts";
import { createHeldLines } from "./held-lines.ts";
import type { Line } from "./line.ts";
import { createLineView } from "./line-view.ts";
import { SEVERAL_LOGS } from "./line-way.ts";
import type { Reader } from "./reader.ts";
import { createSharedLine } from "./shared-line.ts";
import type { World } from "./world.ts";

type TabLineDeps = Omit<LineDeps, "way"> &
  Partial<Pick<LineDeps, "way">> & {
    report: (error: unknown) => void;
    newId?: () => string;
    /** The other tabs of the browser, asked for when something is followed; undefined where there is no way to them. */
    between?: () => BetweenTabs | undefined;
    /** The world of a tab that holds a line for itself alone. */
    crowdedWorld?: World;
  };

export type TabLine = ReturnType<typeof createTabLine>;

/**
 * The line of a tab, for all the logs that it follows: the one that the browser's tabs share, or one of its own where
 * they cannot.
 */
export function createTabLine(given: TabLineDeps) {
  const deps = { way: SEVERAL_LOGS, newId: () => crypto.randomUUID(), ...given };
  const { clock } = deps;
  const view = createLineView(deps);
  const logs = createFollowedLogs({ ...deps, onChanged: () => findSource().changed() });
  let source: Source | undefined;
  let line: Line = { kind: "closed", reason: "left" };
  let lostAtMs: number | undefined;
  let isCaughtUp = true;

  const use: LineUse = { places: logs.places, onFrame, onLine, onGone: logs.leave };

  function findSource(): Source {
    const between = source ? undefined : deps.between?.();
    source ??= between ? createSharedLine({ ...deps, between }, use, goAlone) : createOwnLine();
    return source;
  }

  function goAlone() {
    source = createOwnLine();
    source.changed();
  }

  /** Whoever changes several logs at once, as a change of pages does, causes one request. */
  function createOwnLine(): Source {
    const lines = createHeldLines({ ...deps, world: deps.crowdedWorld ?? deps.world }, use);
    return { changed: gather(queueMicrotask, lines.changed) };
  }

  function onLine(became: Line, silentForMs: number) {
    if (line.kind === "live" && became.kind !== "live") noteLoss(silentForMs);
    line = became;
    view.show(line);
  }

  /** A line that is lost again before it caught up has been away all the time. */
  function noteLoss(silentForMs: number) {
    if (isCaughtUp) lostAtMs = clock.nowMs() - silentForMs;
    isCaughtUp = false;
    logs.lost();
  }

  function onFrame(frame: LogFrame) {
    if (frame.kind === "entry") return logs.take(frame);
    const { log = "", sequence } = frame.data;
    if (frame.event === "reset") return logs.reset(log, sequence);
    if (!logs.has(log)) return;
    isCaughtUp = true;
    logs.caughtUp(log, lostAtMs === undefined ? 0 : clock.nowMs() - lostAtMs);
  }

  function follow(log: typeof ACCOUNT_LOG, reader: Reader<AccountEvent>): () => void;
  function follow(log: string, reader: Reader<ConversationEvent>): () => void;
  /** Follows a log from the reader's number on, until the returned function is called or the log is gone. */
  function follow(log: string, reader: Reader): () => void {
    return logs.add(log, reader);
  }

  return { follow, subscribe: view.subscribe, getView: view.getView };
}
