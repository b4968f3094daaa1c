import { expect, vi } from "vitest";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeWorld } from "./fake-world.ts";
import { createTabLine } from "./tab-line.ts";
import type { LogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

/** Any event: those who test the line do not look at it. */
export const event = { type: "leaf-changed", leafId: "0198c0de-0000-7000-8000-000000000001" };

/** A line to a server, and what tests of it look at. With `random` at a half, the first pauses are 125, 250, 500 ms. */
export function setUpLine(server: LogServer, { isThere = async (_log: string) => true } = {}) {
  const clock = createFakeClock();
  const world = createFakeWorld();
  const report = vi.fn();
  const fetch = vi.fn(server.fetch);
  const line = createTabLine({ fetch, clock, world, random: () => 0.5, isThere, report });
  const state = () => line.getView().state;
  return {
    clock,
    world,
    report,
    fetch,
    line,
    state,
    isLive: () => soon(() => expect(state()).toBe("live")),
    isAsked: (times: number) => soon(() => expect(server.asked).toHaveLength(times)),
    isDue: (ms: number) => soon(() => expect(clock.pending()).toContain(ms)),
    has: (reader: { taken: number[] }, ...taken: number[]) => soon(() => expect(reader.taken).toEqual(taken)),
  };
}
