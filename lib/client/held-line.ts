import { ACCOUNT_LOG } from "#lib/protocol/event";
import type { ControlFrame, EntryFrame, Frame } from "#lib/protocol/sse";
import type { Fetch } from "./ask.ts";
import { BACK_OFF_CAP_MS, backOff } from "./back-off.ts";
import type { Clock } from "./clock.ts";
import { type Line, type LineEvent, next } from "./line.ts";
import type { LineWay, Place } from "./line-way.ts";
import type { Gone } from "./reader.ts";
import type { RequestEnd } from "./receive.ts";
import { KEEP_ALIVE_MS, type Subscription, subscribe } from "./subscribe.ts";
import type { World, WorldEvent } from "./world.ts";

/** A log that is left is asked for a little longer: whoever changes pages follows another one in a moment. */
export const LINGER_MS = 5_000;
/** After so many requests in a row that stayed silent, something on the way holds event streams back. */
const SILENT_BEFORE_POLLING = 2;
/** Whoever comes back to the tab sees what is true now: a line that said nothing for longer is asked anew. */
const TRUST_WHEN_SEEN_MS = 5_000;
/** After a sleep, also of nobody's tab, a line that would have said something by now is dead. */
const TRUST_WHEN_WOKEN_MS = KEEP_ALIVE_MS * 1.5;

export type LineDeps = {
  fetch: Fetch;
  clock: Clock;
  random: () => number;
  world: World;
  way: LineWay;
  /** Whether the server has this log for this account. */
  isThere: (log: string, signal: AbortSignal) => Promise<boolean>;
};

/** An entry, or what is said of one log and its readers. */
export type LogFrame = EntryFrame | Exclude<ControlFrame, { event: "bye" }>;

/** Who a line is held for. */
export type LineUse = {
  /** What to ask for, as it is now. */
  places(): Place[];
  onFrame(frame: LogFrame): void;
  /** What the line has become, and for how long nothing had been heard by then. */
  onLine(line: Line, silentForMs: number): void;
  /** A log is no more, or never was this account's. */
  onGone(log: string, reason: Gone): void;
};

/** Whatever brings a tab what it follows. */
export type Source = {
  /** What is followed, or from which number, has changed. */
  changed(): void;
};

export type HeldLine = ReturnType<typeof createHeldLine>;

/**
 * Holds one line: asks for what comes after the numbers that are wanted now, and asks again for as long as anything
 * is wanted. It never gives up.
 *
 * @param isHeldBack whether it is known already that event streams do not come through
 */
export function createHeldLine(deps: LineDeps, use: LineUse, { isHeldBack = false } = {}) {
  const { clock, random, world, way } = deps;
  let line: Line = { kind: "closed", reason: "left" };
  let request: Subscription | undefined;
  /** How far each log has come that was asked for last. Whoever wants less than that asks anew. */
  const reached = new Map<string, number>();
  /** Requests in a row that ended in silence, and since the last frame. */
  let silentRequests = isHeldBack ? SILENT_BEFORE_POLLING : 0;
  let retryAtMs = 0;
  let forgetRetry = () => {};
  let forgetLinger: (() => void) | undefined;
  let leaveWorld: (() => void) | undefined;
  let searching: AbortController | undefined;
  let isOver = false;

  function tell(event: LineEvent) {
    if (isOver) return;
    const became = next(line, event);
    if (became === line) return;
    const silentForMs = event.kind === "silent" ? (request?.silentForMs() ?? 0) : 0;
    line = became;
    enter(line);
    use.onLine(line, silentForMs);
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
    if (entered.kind === "captive") retryAfter(backOff(entered.attempt, random));
    if (entered.kind === "offline") retryAfter(BACK_OFF_CAP_MS);
    if (entered.kind === "closed") letGo();
    else leaveWorld ??= world.subscribe(onWorld);
  }

  function retryAfter(ms: number) {
    retryAtMs = clock.nowMs() + ms;
    forgetRetry = clock.after(ms, () => tell({ kind: "retry-due" }));
  }

  function open(attempt: number) {
    reached.clear();
    for (const { log, after } of use.places()) reached.set(log, after);
    const isPolled = isSilenced();
    request = subscribe(deps, {
      address: () => way.addressOf(use.places()),
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

  const isSilenced = () => silentRequests >= SILENT_BEFORE_POLLING;

  function onEnd(end: RequestEnd | { kind: "silent" }, isPolled: boolean) {
    silentRequests = end.kind === "silent" && !isPolled ? silentRequests + 1 : 0;
    tell(end.kind === "not-found" ? { kind: "lost", atLeastMs: 0 } : end);
    if (!world.isOnline()) tell({ kind: "offline" });
    if (end.kind === "not-found") void findMissing();
  }

  function onFrame(frame: Frame) {
    // A farewell is no progress: a server that only says farewell is asked ever more slowly.
    if (frame.kind === "control" && frame.event === "bye") return onBye(frame.data);
    tell({ kind: "frame" });
    if (frame.kind !== "entry" && frame.kind !== "control") return;
    const { log = "", sequence } = frame.kind === "entry" ? frame : frame.data;
    const before = reached.get(log);
    if (before !== undefined) reached.set(log, sequence);
    const isMissing = frame.kind === "entry" && before !== undefined && frame.first > before + 1;
    // Nobody can have what the line has left out.
    use.onFrame(isMissing ? { kind: "control", event: "reset", data: { log, sequence } } : frame);
  }

  function onBye({ reason, retryMs, log }: { reason: string; retryMs: number; log?: string }) {
    if (log !== undefined) {
      reached.delete(log);
      use.onGone(log, "deleted");
    } else if (reason === "signed-out") {
      tell({ kind: "signed-out" });
    } else {
      tell({ kind: "lost", atLeastMs: retryMs });
    }
  }

  function onWorld(event: WorldEvent) {
    // A line goes on while nobody looks.
    if (event === "hidden") return;
    if (event === "visible") return seen(TRUST_WHEN_SEEN_MS);
    // Another network may let streams through.
    if (event === "online" || event === "woken") silentRequests = 0;
    if (event === "woken") return seen(TRUST_WHEN_WOKEN_MS);
    tell({ kind: event === "crowded" || event === "away" ? "parked" : event });
  }

  /** Somebody looks, or may want to: what the line says must be true now. */
  function seen(trustMs = TRUST_WHEN_SEEN_MS) {
    const isStale = request !== undefined && request.silentForMs() > trustMs;
    tell({ kind: isStale ? "silent" : "visible" });
  }

  function changed() {
    const places = use.places();
    if (places.length === 0) return tell({ kind: "left" });
    if (places.some(({ log, after }) => (reached.get(log) ?? Number.POSITIVE_INFINITY) > after)) {
      return tell({ kind: "asked" });
    }
    const wanted = new Set(places.map(({ log }) => log));
    if (forgetLinger || [...reached.keys()].every((log) => wanted.has(log))) return;
    forgetLinger = clock.after(LINGER_MS, () => {
      forgetLinger = undefined;
      const names = new Set(use.places().map(({ log }) => log));
      if ([...reached.keys()].some((log) => !names.has(log))) tell({ kind: "asked" });
    });
  }

  /** The server knows one of the logs not, and does not say which: each is asked for alone. */
  async function findMissing() {
    if (searching) return;
    searching = new AbortController();
    const { signal } = searching;
    await Promise.all(
      use.places().map(async ({ log }) => {
        const isThere = log === ACCOUNT_LOG || (await deps.isThere(log, signal).catch(() => true));
        if (!isThere && !signal.aborted) use.onGone(log, "not-found");
      }),
    );
    searching = undefined;
  }

  function letGo() {
    for (const forget of [forgetRetry, forgetLinger, leaveWorld]) forget?.();
    forgetLinger = leaveWorld = undefined;
    searching?.abort();
    request?.leave();
    request = undefined;
    reached.clear();
  }

  return {
    changed,
    seen,

    /** Somebody waits for it. In a tab that nobody looks at, browsers call late what was to be called by now. */
    hurry() {
      if (clock.nowMs() >= retryAtMs) tell({ kind: "retry-due" });
      request?.judge();
    },

    isHeldBack: isSilenced,

    /** Lets go of everything, for good. Nothing is told afterwards. */
    close() {
      isOver = true;
      letGo();
    },
  };
}
