import { expect, test } from "vitest";
import { type Line, type LineEvent, next } from "./line.ts";

type StateName =
  | "connecting"
  | "live"
  | "waiting"
  | "refused"
  | "offline"
  | "captive"
  | "parked"
  | "left"
  | "signedOut";

const states: Record<StateName, Line> = {
  connecting: { kind: "connecting", attempt: 2 },
  live: { kind: "live" },
  waiting: { kind: "waiting", attempt: 3, atLeastMs: 500 },
  refused: { kind: "refused", attempt: 5, atLeastMs: 700 },
  offline: { kind: "offline", attempt: 4 },
  captive: { kind: "captive", attempt: 6 },
  parked: { kind: "parked" },
  left: { kind: "closed", reason: "left" },
  signedOut: { kind: "closed", reason: "signed-out" },
};

const events: { [Kind in LineEvent["kind"]]: LineEvent & { kind: Kind } } = {
  asked: { kind: "asked" },
  frame: { kind: "frame" },
  lost: { kind: "lost", atLeastMs: 700 },
  refused: { kind: "refused", atLeastMs: 700 },
  captive: { kind: "captive" },
  silent: { kind: "silent" },
  "signed-out": { kind: "signed-out" },
  online: { kind: "online" },
  offline: { kind: "offline" },
  visible: { kind: "visible" },
  parked: { kind: "parked" },
  "retry-due": { kind: "retry-due" },
  left: { kind: "left" },
};

const { live, parked, left, signedOut } = states;
const connecting = (attempt: number): Line => ({ kind: "connecting", attempt });
const waiting = (attempt: number): Line => ({ kind: "waiting", attempt, atLeastMs: 700 });
const refused = (attempt: number): Line => ({ kind: "refused", attempt, atLeastMs: 700 });
const captive = (attempt: number): Line => ({ kind: "captive", attempt });
const same = "same";

// Every cell is decided. A new state or event does not compile until its row or column is.
const table: Record<StateName, Record<LineEvent["kind"], Line | typeof same>> = {
  connecting: {
    asked: connecting(2),
    frame: live,
    lost: waiting(3),
    refused: refused(3),
    captive: captive(3),
    silent: connecting(3),
    "signed-out": signedOut,
    online: connecting(2),
    offline: connecting(2),
    visible: same,
    parked,
    "retry-due": same,
    left,
  },
  live: {
    asked: connecting(0),
    frame: same,
    lost: waiting(1),
    refused: refused(1),
    captive: captive(1),
    silent: connecting(1),
    "signed-out": signedOut,
    online: connecting(0),
    offline: connecting(0),
    visible: same,
    parked,
    "retry-due": same,
    left,
  },
  waiting: {
    asked: connecting(3),
    frame: same,
    lost: same,
    refused: same,
    captive: same,
    silent: same,
    "signed-out": signedOut,
    online: connecting(3),
    offline: { kind: "offline", attempt: 3 },
    visible: connecting(3),
    parked,
    "retry-due": connecting(3),
    left,
  },
  refused: {
    asked: same,
    frame: same,
    lost: same,
    refused: same,
    captive: same,
    silent: same,
    "signed-out": signedOut,
    online: same,
    offline: same,
    visible: same,
    parked,
    "retry-due": connecting(5),
    left,
  },
  offline: {
    asked: connecting(4),
    frame: same,
    lost: same,
    refused: same,
    captive: same,
    silent: same,
    "signed-out": signedOut,
    online: connecting(4),
    offline: same,
    visible: connecting(4),
    parked,
    "retry-due": connecting(4),
    left,
  },
  captive: {
    asked: connecting(6),
    frame: same,
    lost: same,
    refused: same,
    captive: same,
    silent: same,
    "signed-out": signedOut,
    online: connecting(6),
    offline: { kind: "offline", attempt: 6 },
    visible: connecting(6),
    parked,
    "retry-due": connecting(6),
    left,
  },
  parked: {
    asked: same,
    frame: same,
    lost: same,
    refused: same,
    captive: same,
    silent: same,
    "signed-out": signedOut,
    online: same,
    offline: same,
    visible: connecting(0),
    parked: same,
    "retry-due": same,
    left,
  },
  left: {
    asked: connecting(0),
    frame: same,
    lost: same,
    refused: same,
    captive: same,
    silent: same,
    "signed-out": signedOut,
    online: same,
    offline: same,
    visible: same,
    parked: same,
    "retry-due": same,
    left: same,
  },
  signedOut: {
    asked: same,
    frame: same,
    lost: same,
    refused: same,
    captive: same,
    silent: same,
    "signed-out": signedOut,
    online: same,
    offline: same,
    visible: same,
    parked: same,
    "retry-due": same,
    left: same,
  },
};

const cells = Object.entries(table).flatMap(([state, row]) =>
  Object.entries(row).map(([event, becomes]) => ({ state, event, becomes })),
) as { state: StateName; event: LineEvent["kind"]; becomes: Line | typeof same }[];

test.each(cells)("$state, then $event", ({ state, event, becomes }) => {
  const line = states[state];
  const after = next(line, events[event]);
  if (becomes === same) expect(after).toBe(line);
  else expect(after).toEqual(becomes);
});

test("a line that asks anew is a new object, so that the old request is let go", () => {
  expect(next(states.connecting, events.asked)).not.toBe(states.connecting);
  expect(next(states.connecting, events.online)).not.toBe(states.connecting);
  expect(next(states.connecting, events.offline)).not.toBe(states.connecting);
});
