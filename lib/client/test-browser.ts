import { controlFrame } from "#lib/protocol/sse";
import type { Fetch } from "./ask.ts";
import { createFakeBrowser } from "./fake-browser.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeReader } from "./fake-reader.ts";
import { createFakeWorld } from "./fake-world.ts";
import { createTabLine } from "./tab-line.ts";
import { event } from "./test-line.ts";
import { frameOf } from "./test-log-server.ts";

type Stream = { asked: string; logs: string[]; tell(text: string): void; lose(): void; isOpen(): boolean };
export type OpenTab = Omit<ReturnType<ReturnType<typeof createFakeBrowser>["openTab"]>, "between"> & {
  world: ReturnType<typeof createFakeWorld>;
  following: Map<string, Followed>;
  state(): string;
  /** @param lag how far behind the snapshot is that the page came with */
  follow(log: string, lag?: number): void;
  unfollow(log: string): void;
};
type Followed = { reader: ReturnType<typeof createFakeReader>; from: number; leave(): void };

/** The tabs of a browser, each with its real line, and a server in memory. Time passes when a test says so. */
export function setUpBrowser({ random = () => 0.5 }: { random?: () => number } = {}) {
  const clock = createFakeClock();
  const browser = createFakeBrowser(clock);
  const heads = new Map<string, number>();
  const streams: Stream[] = [];
  const tabs: OpenTab[] = [];
  /** On the way something holds event streams back until they end. */
  let isHolding = false;

  const headOf = (log: string) => heads.get(log) ?? 0;
  const entry = (log: string, sequence: number) => frameOf(log, { first: sequence, sequence, event });

  /** What a healthy server does. A tab hears of it when it is awake. */
  function fetchIn(happen: (act: () => void) => void, isGone: () => boolean): Fetch {
    return async (address, init) => {
      const places = new URL(address, "http://server").searchParams
        .getAll("log")
        .map((place) => place.split(":"));
      if (new Headers(init?.headers).get("accept") === "application/json") return pageOf(places);
      let isOver = false;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const stream: Stream = {
            asked: address,
            logs: places.map(([log = ""]) => log),
            isOpen: () => !isOver && !isGone(),
            tell: (text) =>
              happen(() => isOver || isHolding || controller.enqueue(new TextEncoder().encode(text))),
            lose: () =>
              happen(() => {
                if (!isOver) controller.error(new TypeError("Load failed"));
                isOver = true;
              }),
          };
          init?.signal?.addEventListener("abort", () => {
            if (!isOver) controller.error(init.signal?.reason);
            isOver = true;
          });
          streams.push(stream);
          for (const [log = "", after] of places) {
            for (let next = Number(after) + 1; next <= headOf(log); next++) stream.tell(entry(log, next));
            stream.tell(controlFrame("caught-up", { log, sequence: headOf(log) }));
          }
        },
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    };
  }

  function pageOf(places: string[][]): Response {
    const told = places.flatMap(([log = "", after]) => {
      const news = Array.from(
        { length: headOf(log) - Number(after) },
        (_, index) => Number(after) + index + 1,
      );
      return [
        ...news.map((sequence) => ({ log, first: sequence, sequence, event })),
        { log, sequence: headOf(log), caughtUp: true },
      ];
    });
    return Response.json({ told });
  }

  function openTab(...logs: string[]): OpenTab {
    const { between, ...tab } = browser.openTab();
    const world = createFakeWorld();
    const line = createTabLine({
      fetch: fetchIn(tab.happen, tab.isGone),
      clock: tab.clock,
      world,
      random,
      newId: () => String(tabs.length),
      between: () => between,
      isThere: async () => true,
      report: (error) => {
        throw error;
      },
    });
    const following = new Map<string, Followed>();
    const opened = {
      ...tab,
      world,
      following,
      state: () => line.getView().state,
      follow(log: string, lag = 0) {
        const from = Math.max(0, headOf(log) - lag);
        const reader = createFakeReader(from);
        following.get(log)?.leave();
        following.set(log, { reader, from, leave: line.follow(log, reader) });
      },
      unfollow(log: string) {
        following.get(log)?.leave();
        following.delete(log);
      },
    };
    tabs.push(opened);
    for (const log of logs) opened.follow(log);
    return opened;
  }

  /** All that follows from what has happened, but for the passing of time. */
  async function settle() {
    for (let turns = 0; turns < 4; turns++) await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    tabs,
    streams,
    openTab,
    settle,

    append(log: string, count = 1) {
      for (let times = 0; times < count; times++) {
        const sequence = headOf(log) + 1;
        heads.set(log, sequence);
        for (const stream of streams) if (stream.logs.includes(log)) stream.tell(entry(log, sequence));
      }
    },

    hold(isOn = true) {
      isHolding = isOn;
    },

    cut() {
      for (const stream of streams) stream.lose();
    },

    openStreams: () => streams.filter((stream) => stream.isOpen()),

    /** Also the server's signs of life come in time. */
    async pass(ms: number) {
      await settle();
      for (let passed = 0; passed < ms; passed += 500) {
        if (Math.floor(clock.nowMs() / 500) % 30 === 0)
          for (const stream of streams) stream.tell(": keep-alive\n\n");
        clock.advance(Math.min(500, ms - passed));
        await settle();
      }
    },

    /** Every number after the one that a page came with, in order, once; to the head. */
    wanted: (log: string, from: number) =>
      Array.from({ length: headOf(log) - from + 1 }, (_, index) => from + index),
  };
}
