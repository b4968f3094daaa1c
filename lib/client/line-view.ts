import type { Clock } from "./clock.ts";
import type { Line } from "./line.ts";
import { createListeners } from "./listeners.ts";
import type { World } from "./world.ts";

/** A line that is lost for less is not worth a word. */
export const TELL_AFTER_MS = 1_500;

/** What a person is told of the line. */
export type LineView = {
  state: "connecting" | "live" | "reconnecting" | "refused" | "captive" | "offline" | "closed";
  /** When this began, in milliseconds since 1970; 0 before anything was told. */
  sinceMs: number;
  /** Why it is closed. */
  reason?: "left" | "signed-out";
};

/**
 * What to tell of a line. Requests that are renewed, rotations and short drops pass in silence: what was told
 * before stays.
 */
function lineState(
  line: Line,
  facts: { wasLive: boolean; wasCaptive: boolean; lostForMs: number; isOnline: boolean },
): LineView["state"] {
  const { wasLive, wasCaptive, lostForMs, isOnline } = facts;
  if (line.kind === "closed" || line.kind === "live" || line.kind === "refused") return line.kind;
  if (lostForMs < TELL_AFTER_MS) return wasLive ? "live" : "connecting";
  if (!isOnline) return "offline";
  if (wasCaptive) return "captive";
  return wasLive ? "reconnecting" : "connecting";
}

/** Turns what happens to the line into what is told of it, and tells when that changes. */
export function createLineView({ clock, world }: { clock: Clock; world: World }) {
  const listeners = createListeners();
  let view: LineView = { state: "connecting", sinceMs: 0 };
  let wasLive = false;
  /** Until a try ends otherwise. */
  let wasCaptive = false;
  let lostAtMs: number | undefined;
  let forget = () => {};

  function show(line: Line) {
    forget();
    const nowMs = clock.nowMs();
    if (line.kind === "live") wasLive = true;
    if (line.kind !== "connecting") wasCaptive = line.kind === "captive";
    const isWanting = line.kind !== "live" && line.kind !== "parked" && line.kind !== "closed";
    lostAtMs = isWanting ? (lostAtMs ?? nowMs) : undefined;
    const lostForMs = nowMs - (lostAtMs ?? nowMs);
    if (lostAtMs !== undefined && lostForMs < TELL_AFTER_MS) {
      forget = clock.after(TELL_AFTER_MS - lostForMs, () => show(line));
    }
    const state = lineState(line, { wasLive, wasCaptive, lostForMs, isOnline: world.isOnline() });
    const reason = line.kind === "closed" ? line.reason : undefined;
    if (state === view.state && reason === view.reason) return;
    view = { state, sinceMs: nowMs, ...(reason && { reason }) };
    listeners.tell();
  }

  return { show, subscribe: listeners.subscribe, getView: () => view };
}
