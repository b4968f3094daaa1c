import type { ACCOUNT_LOG, AccountEvent, ConversationEvent } from "#lib/protocol/event";
import { framesOfPage } from "#lib/protocol/line-page";
import type { Frame } from "#lib/protocol/sse";
import type { Fetch } from "./ask.ts";
import { BACK_OFF_CAP_MS, backOff } from "./back-off.ts";
import type { Clock } from "./clock.ts";
import { createFollowedLogs } from "./followed-logs.ts";
import { type Line, type LineEvent, next } from "./line.ts";
import { createLineView } from "./line-view.ts";
import type { Reader } from "./reader.ts";
import type { RequestEnd } from "./receive.ts";
import { type Subscription, subscribe } from "./subscribe.ts";
import type { World, WorldEvent } from "./world.ts";

/** A log that is left is asked for a little longer: whoever changes pages follows another one in a moment. */
export const LINGER_MS = 5_000;
/** After so many requests in a row that stayed silent, something on the way holds event streams back. */
const SILENT_BEFORE_POLLING = 2;
/** Whoever comes back to the tab sees what is true now: a line that said nothing for longer is asked anew. */
const TRUST_WHEN_SEEN_MS = 5_000;

/** How a line is asked for. */
export type LineWay = {
  /** Where, for logs and the numbers after which they are told. */
  addressOf(places: { log: string; after: number }[]): string;
  /** What a page of it says, as the frames that a line would have brought. Throws for what is no page. */
  framesOfPage(content: unknown): Frame[];
};

/** All logs of an account on one line. */
const SEVERAL_LOGS: LineWay = {
  addressOf: (places) => `/api/follow?${places.map(({ log, after }) => `log=${log}:${after}`).join("&")}`,
  framesOfPage,
};

type TabLineDeps = {
  fetch: Fetch;
  clock: Clock;
  random: () => number;
  world: World;
  /** Whether the server has this log for this account. */
  isThere: (log: string, signal: AbortSignal) => Promise<boolean>;
  report: (error: unknown) => void;
  way?: LineWay;
};

export type TabLine = ReturnType<typeof createTabLine>;

/**
 * The one line of a tab, for all the logs that it follows. It asks for what comes after the numbers that its
 * readers have now, and asks again for as long as anything is followed. It never gives up.
 */
export function createTabLine(deps: TabLineDeps) {
  const { clock, random, world, way = SEVERAL_LOGS } = deps;
  const view = createLineView(deps);
  const logs = createFollowedLogs({ ...deps, onWanted, onUnwanted });
  let line: Line = { kind: "closed", reason: "left" };
  let request: Subscription | undefined;
  /** The logs that the request was sent for. */
  let askedFor = new Set<string>();
  /** Requests in a row that ended in silence, and since the last frame. */
  let silentRequests = 0;
  let lostAtMs: number | undefined;
  let isCaughtUp = true;
  let isWanted = false;
  let forgetRetry = () => {};
  let leaveWorld: (() => void) | undefined;

  function tell(event: LineEvent) {
    const became = next(line, event);
    if (became === line) return;
    if (line.kind === "live") noteLoss(event);
    line = became;
    enter(line);
    view.show(line);
  }

  /** A line that is lost again before it caught up has been away all the time. */
  function noteLoss(event: LineEvent) {
    if (isCaughtUp) lostAtMs = clock.nowMs() - (event.kind === "silent" ? (request?.silentForMs() ?? 0) : 0);
    isCaughtUp = false;
    logs.lost();
  }

  function enter(entered: Line) {
    forgetRetry();
    if (entered.kind === "live") return;
    request?.leave();
    request = undefined;
    if (entered.kind === "connecting") open(entered.attempt);
    if (entered.kind === "waiting" || entered.kind === "refused") {
      retryAfter(Math.max(entered.atLeastMs, backOff(entered.attempt, random)));
    }
    if (entered.kind === "offline") retryAfter(BACK_OFF_CAP_MS);
    if (entered.kind === "closed") leaveWorld?.();
    leaveWorld = entered.kind === "closed" ? undefined : (leaveWorld ?? world.subscribe(onWorld));
  }

  function retryAfter(ms: number) {
    forgetRetry = clock.after(ms, () => tell({ kind: "retry-due" }));
  }

  function open(attempt: number) {
    askedFor = new Set(logs.names());
    const isPolled = silentRequests >= SILENT_BEFORE_POLLING;
    request = subscribe(deps, {
      address: () => way.addressOf(logs.places()),
      framesOfPage: way.framesOfPage,
      attempt,
      isPolled,
      onEnd: (end) => onEnd(end, isPolled),
      onFrame(frame) {
        // Also where pages come, a stream would still be held back.
        if (!isPolled) silentRequests = 0;
        onFrame(frame);
      },
    });
  }

  function onEnd(end: RequestEnd | { kind: "silent" }, isPolled: boolean) {
    silentRequests = end.kind === "silent" && !isPolled ? silentRequests + 1 : 0;
    tell(end.kind === "not-found" ? { kind: "lost", atLeastMs: 0 } : end);
    if (!world.isOnline()) tell({ kind: "offline" });
    if (end.kind === "not-found") void logs.findMissing();
  }

  function onFrame(frame: Frame) {
    // A farewell is no progress: a server that only says farewell is asked ever more slowly.
    if (frame.kind === "control" && frame.event === "bye") return onBye(frame.data);
    tell({ kind: "frame" });
    if (frame.kind === "entry") logs.take(frame);
    if (frame.kind !== "control") return;
    const { log = "", sequence } = frame.data;
    if (frame.event === "reset") return logs.reset(log, sequence);
    isCaughtUp = true;
    logs.caughtUp(log, lostAtMs === undefined ? 0 : clock.nowMs() - lostAtMs);
  }

  function onBye({ reason, retryMs, log }: { reason: string; retryMs: number; log?: string }) {
    if (log !== undefined) {
      askedFor.delete(log);
      logs.leave(log, "deleted");
    } else if (reason === "signed-out") {
      tell({ kind: "signed-out" });
    } else {
      tell({ kind: "lost", atLeastMs: retryMs });
    }
  }

  function onWorld(event: WorldEvent) {
    // A line goes on while nobody looks.
    if (event === "hidden") return;
    // Another network may let streams through.
    if (event === "online") silentRequests = 0;
    const isStale =
      event === "visible" && request !== undefined && request.silentForMs() > TRUST_WHEN_SEEN_MS;
    tell({ kind: isStale ? "silent" : event });
  }

  /** Whoever changes several logs at once, as a change of pages does, causes one request. */
  function onWanted() {
    if (isWanted) return;
    isWanted = true;
    queueMicrotask(() => {
      isWanted = false;
      if (!logs.isEmpty()) tell({ kind: "asked" });
    });
  }

  function onUnwanted() {
    queueMicrotask(() => {
      if (logs.isEmpty()) return tell({ kind: "left" });
      clock.after(LINGER_MS, () => {
        if ([...askedFor].some((log) => !logs.has(log))) tell({ kind: "asked" });
      });
    });
  }

  function follow(log: typeof ACCOUNT_LOG, reader: Reader<AccountEvent>): () => void;
  function follow(log: string, reader: Reader<ConversationEvent>): () => void;
  /** Follows a log from the reader's number on, until the returned function is called or the log is gone. */
  function follow(log: string, reader: Reader): () => void {
    return logs.add(log, reader);
  }

  return { follow, subscribe: view.subscribe, getView: view.getView };
}
