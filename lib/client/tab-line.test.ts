import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { controlFrame } from "#lib/protocol/sse";
import { Disconnected, ProblemError } from "./ask.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeWorld } from "./fake-world.ts";
import { TELL_AFTER_MS } from "./line-view.ts";
import { answerProblem, frameOf, type LogServer, startLogServer } from "./log-server.ts";
import type { Reader } from "./reader.ts";
import { FIRST_BYTES_MS, KEEP_ALIVE_MS, SILENCE_MS } from "./subscribe.ts";
import { createTabLine, LINGER_MS } from "./tab-line.ts";

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
});
afterEach(() => server.stop());

/** A reader that holds plain numbers and refuses gaps, as the fold does. */
function createNumbers() {
  const taken: number[] = [];
  const resets: number[] = [];
  const away: number[] = [];
  const reader = {
    after: () => taken.at(-1) ?? 0,
    take({ first, sequence }) {
      if (sequence <= reader.after()) return;
      if (first !== reader.after() + 1) throw Object.assign(new Error("gap"), { code: "log-gap" });
      taken.push(sequence);
    },
    async reset(head) {
      resets.push(head);
      taken.push(head);
    },
    gone: vi.fn<Reader["gone"]>(),
    caughtUp: (ms) => away.push(ms),
  } satisfies Reader;
  return Object.assign(reader, { taken, resets, away });
}

function setUp({ isThere = async (_log: string) => true } = {}) {
  const clock = createFakeClock();
  const world = createFakeWorld();
  const line = createTabLine({ fetch: server.fetch, clock, world, random: () => 0.5, isThere });
  const isLive = () => vi.waitFor(() => expect(line.getView().state).toBe("live"));
  return { clock, world, line, isLive, state: () => line.getView().state };
}

const isAsked = (times: number) => vi.waitFor(() => expect(server.asked).toHaveLength(times));
const isTaken = (numbers: { taken: number[] }, taken: number[]) =>
  vi.waitFor(() => expect(numbers.taken).toEqual(taken));
const event = { type: "leaf-changed", leafId: "0198c0de-0000-7000-8000-000000000001" };

describe("following", () => {
  test("all logs come on one line, each after its own number", async () => {
    server.append("account", event, event);
    server.append("a", event, event, event);
    const { line } = setUp();
    const [account, a] = [createNumbers(), createNumbers()];
    a.taken.push(1);
    line.follow("account", account);
    line.follow("a", a);
    await isTaken(account, [1, 2]);
    await isTaken(a, [1, 2, 3]);
    server.append("a", event);
    await isTaken(a, [1, 2, 3, 4]);
    expect(server.asked).toEqual([
      [
        { log: "account", after: 0 },
        { log: "a", after: 1 },
      ],
    ]);
  });

  test("a log that comes to it reopens the line with the numbers of now", async () => {
    server.append("a", event, event);
    server.append("b", event);
    const { line } = setUp();
    const [a, b] = [createNumbers(), createNumbers()];
    line.follow("a", a);
    await isTaken(a, [1, 2]);
    line.follow("b", b);
    await isTaken(b, [1]);
    expect(server.asked[1]).toEqual([
      { log: "a", after: 2 },
      { log: "b", after: 0 },
    ]);
    expect(a.taken).toEqual([1, 2]);
    await vi.waitFor(() => expect(server.open.size).toBe(1));
  });

  test("a page that is mounted twice at once asks once", async () => {
    server.append("a", event);
    const { line } = setUp();
    const a = createNumbers();
    const leave = line.follow("a", a);
    leave();
    line.follow("a", a);
    await isTaken(a, [1]);
    expect(server.asked).toHaveLength(1);
  });

  test("a log that is left is asked for no more after a while, and nothing of it is taken", async () => {
    server.append("a", event);
    server.append("b", event);
    const { clock, line } = setUp();
    const [a, b] = [createNumbers(), createNumbers()];
    const leave = line.follow("a", a);
    line.follow("b", b);
    await isTaken(b, [1]);
    leave();
    server.append("a", event);
    server.append("b", event);
    await isTaken(b, [1, 2]);
    expect(a.taken).toEqual([1]);
    clock.advance(LINGER_MS);
    await isAsked(2);
    expect(server.asked[1]).toEqual([{ log: "b", after: 2 }]);
  });

  test("when nothing is followed the line is closed, and nothing stays behind", async () => {
    server.append("a", event);
    const { clock, line, isLive, state } = setUp();
    const leave = line.follow("a", createNumbers());
    await isLive();
    leave();
    await vi.waitFor(() => expect(state()).toBe("closed"));
    await vi.waitFor(() => expect(server.open.size).toBe(0));
    clock.advance(LINGER_MS);
    expect(clock.pending()).toEqual([]);
    expect(line.getView()).toMatchObject({ reason: "left" });
  });
});

describe("a lost line", () => {
  const losses: Record<string, () => void> = {
    "cut off": () => server.cut(),
    "ended without a word": () => server.end(),
    "ended in the middle of an entry": () => {
      server.write('id: a:2\ndata: {"log":"a","first":2,"seq');
      server.end();
    },
    "said farewell to": () => server.write(controlFrame("bye", { reason: "rotate", retryMs: 0 })),
  };
  test.each(Object.entries(losses))("that is %s is opened again where it was", async (_name, lose) => {
    server.append("a", event);
    const { clock, line, state } = setUp();
    const a = createNumbers();
    line.follow("a", a);
    await isTaken(a, [1]);
    lose();
    await vi.waitFor(() => expect(clock.pending()).toContain(125));
    expect(state()).toBe("live");
    server.append("a", event);
    clock.advance(125);
    await isTaken(a, [1, 2]);
    expect(server.asked[1]).toEqual([{ log: "a", after: 1 }]);
  });

  test("is asked for ever more slowly while the server answers 503, and never given up", async () => {
    server.append("a", event);
    for (let i = 0; i < 12; i++)
      server.script.push(({ response }) => answerProblem(response, 503, "database-unavailable"));
    const { clock, line } = setUp();
    const a = createNumbers();
    line.follow("a", a);
    const pauses: number[] = [];
    for (let tries = 1; tries <= 12; tries++) {
      await isAsked(tries);
      await vi.waitFor(() =>
        expect(clock.pending().some((ms) => ms !== TELL_AFTER_MS && ms <= 5_000)).toBe(true),
      );
      const pauseMs =
        clock
          .pending()
          .filter((ms) => ms % 125 === 0 && ms <= 5_000)
          .at(-1) ?? 0;
      pauses.push(pauseMs);
      clock.advance(5_000);
    }
    await isTaken(a, [1]);
    expect(pauses.slice(-3)).toEqual([5_000, 5_000, 5_000]);
  });

  test("keeps the pause that the server asks for", async () => {
    server.append("a", event);
    server.script.push(({ response }) =>
      answerProblem(response, 429, "rate-limited", { "retry-after": "7" }),
    );
    const { clock, line } = setUp();
    line.follow("a", createNumbers());
    await vi.waitFor(() => expect(clock.pending()).toContain(7_000));
  });

  test("that a server accepts and drops without a frame is not asked for in a hot loop", async () => {
    server.append("a", event);
    for (let i = 0; i < 4; i++) server.script.push(server.startAndEnd);
    const { clock, line } = setUp();
    line.follow("a", createNumbers());
    for (const [index, pauseMs] of [125, 250, 500, 1_000].entries()) {
      await isAsked(index + 1);
      await vi.waitFor(() => expect(clock.pending()).toContain(pauseMs));
      clock.advance(pauseMs);
    }
    await isAsked(5);
  });

  test("is opened at once when the network is back, and when someone looks", async () => {
    server.append("a", event);
    const { world, line, clock } = setUp();
    const a = createNumbers();
    line.follow("a", a);
    for (const event of ["online", "visible"] as const) {
      const asked = server.asked.length;
      await vi.waitFor(() => expect(server.open.size).toBe(1));
      await isTaken(a, [1]);
      server.cut();
      await vi.waitFor(() => expect(clock.pending()).toContain(125));
      world.tell(event);
      await isAsked(asked + 1);
    }
  });

  test("that is silent for too long is dead, and opened again", async () => {
    server.append("a", event);
    const { clock, line, isLive } = setUp();
    line.follow("a", createNumbers());
    await isLive();
    clock.advance(SILENCE_MS - 1);
    expect(server.asked).toHaveLength(1);
    clock.advance(1);
    await isAsked(2);
  });

  test("that shows signs of life is left alone", async () => {
    server.append("a", event);
    const { clock, line } = setUp();
    const a = createNumbers();
    line.follow("a", a);
    await isTaken(a, [1]);
    for (let sign = 2; sign < 8; sign++) {
      clock.advance(KEEP_ALIVE_MS);
      // The comment comes before the entry, so whoever has the entry has heard the comment.
      server.write(": keep-alive\n\n");
      server.append("a", event);
      await vi.waitFor(() => expect(a.taken).toHaveLength(sign));
    }
    expect(server.asked).toHaveLength(1);
  });

  test("that never says a first word is tried anew sooner", async () => {
    server.append("a", event);
    server.script.push(() => {});
    const { clock, line, isLive } = setUp();
    line.follow("a", createNumbers());
    await isAsked(1);
    clock.advance(FIRST_BYTES_MS);
    await isLive();
    expect(server.asked).toHaveLength(2);
  });
});

describe("a tab that was away", () => {
  test("does not trust a line that was silent for a while, and learns at once what is true now", async () => {
    server.append("a", event);
    const { clock, world, line, isLive } = setUp();
    const a = createNumbers();
    line.follow("a", a);
    await isLive();
    world.tell("visible");
    expect(server.asked).toHaveLength(1);
    clock.advance(10_000);
    world.tell("visible");
    await isAsked(2);
  });

  test("hears how long the line was away, from the last sign of life on", async () => {
    server.append("a", event);
    const { clock, world, line } = setUp();
    const a = createNumbers();
    line.follow("a", a);
    await vi.waitFor(() => expect(a.away).toEqual([0]));
    clock.advance(30_000);
    world.tell("visible");
    await vi.waitFor(() => expect(a.away).toEqual([0, 30_000]));
  });
});

describe("a network that is gone", () => {
  test("is told after a moment, though the browser says it at once", async () => {
    server.append("a", event);
    const { clock, world, line, isLive, state } = setUp();
    line.follow("a", createNumbers());
    await isLive();
    server.script.push(({ response }) => response.destroy());
    world.tell("offline");
    server.cut();
    await vi.waitFor(() => expect(clock.pending()).toContain(10_000));
    expect(state()).toBe("live");
    clock.advance(TELL_AFTER_MS);
    expect(state()).toBe("offline");
    world.tell("online");
    await isLive();
  });

  test("is no reason to give up a server that can be reached without it", async () => {
    server.append("a", event);
    const { clock, world, line, isLive, state } = setUp();
    line.follow("a", createNumbers());
    await isLive();
    world.tell("offline");
    await isAsked(2);
    await vi.waitFor(() => expect(server.open.size).toBe(1));
    await vi.waitFor(() => expect(clock.pending()).not.toContain(TELL_AFTER_MS));
    clock.advance(TELL_AFTER_MS);
    expect(state()).toBe("live");
  });
});

describe("what is told of the line", () => {
  test("a short drop passes in silence; a longer one is told, with the time since when", async () => {
    server.append("a", event);
    const { clock, line, isLive, state } = setUp();
    const told: string[] = [];
    line.subscribe(() => told.push(state()));
    line.follow("a", createNumbers());
    await isLive();
    server.script.push(() => {});
    server.cut();
    await vi.waitFor(() => expect(clock.pending()).toContain(125));
    clock.advance(TELL_AFTER_MS - 1);
    expect(state()).toBe("live");
    clock.advance(1);
    expect(line.getView()).toEqual({ state: "reconnecting", sinceMs: clock.nowMs() });
    await isAsked(2);
    clock.advance(FIRST_BYTES_MS * 2);
    await isLive();
    expect(told).toEqual(["live", "reconnecting", "live"]);
  });

  test("the view is the same object for as long as nothing changes", async () => {
    server.append("a", event);
    const { line, isLive } = setUp();
    line.follow("a", createNumbers());
    await isLive();
    const view = line.getView();
    server.append("a", event);
    expect(line.getView()).toBe(view);
  });
});

describe("a gap", () => {
  test("is never papered over: the reader loads a snapshot and goes on from it", async () => {
    server.append("a", event);
    const { line } = setUp();
    const a = createNumbers();
    server.script.push((opened) => {
      server.startLine(opened);
      opened.response.write(frameOf("a", { first: 5, sequence: 5, event }));
      opened.response.write(frameOf("a", { first: 6, sequence: 6, event }));
    });
    line.follow("a", a);
    await isAsked(2);
    expect(a.resets).toEqual([5]);
    expect(a.taken).toEqual([5]);
    expect(server.asked[1]).toEqual([{ log: "a", after: 5 }]);
  });

  test("that comes again and again is met ever more slowly", async () => {
    server.append("a", event);
    const { clock, line } = setUp();
    const a = createNumbers();
    for (const sequence of [5, 50, 500]) {
      server.script.push((opened) => {
        server.startLine(opened);
        opened.response.write(frameOf("a", { first: sequence, sequence, event }));
      });
    }
    line.follow("a", a);
    await isAsked(2);
    await vi.waitFor(() => expect(clock.pending()).toContain(125));
    expect(a.resets).toEqual([5]);
    clock.advance(125);
    await isAsked(3);
    await vi.waitFor(() => expect(clock.pending()).toContain(250));
  });

  test("of one log leaves the others alone", async () => {
    server.append("a", event);
    server.append("b", event);
    const { line } = setUp();
    const [a, b] = [createNumbers(), createNumbers()];
    line.follow("a", a);
    line.follow("b", b);
    await isTaken(b, [1]);
    server.write(frameOf("a", { first: 9, sequence: 9, event }));
    await isAsked(2);
    expect(server.asked[1]).toEqual([
      { log: "a", after: 9 },
      { log: "b", after: 1 },
    ]);
    expect(b.resets).toEqual([]);
  });
});

describe("a reset", () => {
  test("makes the named reader load a snapshot, and the line goes on from there", async () => {
    server.append("a", event, event);
    server.append("b", event);
    const { line } = setUp();
    const [a, b] = [createNumbers(), createNumbers()];
    a.taken.push(90);
    line.follow("a", a);
    line.follow("b", b);
    await vi.waitFor(() => expect(a.resets).toEqual([2]));
    await isAsked(2);
    expect(server.asked[1]).toEqual([
      { log: "a", after: 2 },
      { log: "b", after: 1 },
    ]);
    expect(b.resets).toEqual([]);
  });

  test("waits for a network that is gone, and takes nothing in between", async () => {
    server.append("a", event, event);
    const { clock, line } = setUp();
    const a = createNumbers();
    a.taken.push(90);
    const reset = a.reset;
    const failing = vi.fn(() => Promise.reject(new Disconnected("no network")));
    const reader = { ...a, reset: failing as Reader["reset"] };
    line.follow("a", reader);
    await vi.waitFor(() => expect(failing).toHaveBeenCalledOnce());
    server.append("a", event);
    reader.reset = reset;
    await vi.waitFor(() => expect(clock.pending()).toContain(125));
    clock.advance(125);
    await vi.waitFor(() => expect(a.resets).toEqual([2]));
    await isTaken(a, [90, 2, 3]);
  });

  test("of a conversation that is gone ends the following of it", async () => {
    server.append("a", event);
    const { line } = setUp();
    const a = createNumbers();
    a.taken.push(90);
    a.reset = () =>
      Promise.reject(new ProblemError({ code: "not-found", status: 404, detail: "Nothing here" }));
    line.follow("a", a);
    await vi.waitFor(() => expect(a.gone).toHaveBeenCalledWith("not-found"));
  });
});

describe("a refusal", () => {
  test("401 closes the line for good", async () => {
    server.append("a", event);
    server.script.push(({ response }) => answerProblem(response, 401, "not-signed-in"));
    const { clock, world, line, state } = setUp();
    line.follow("a", createNumbers());
    await vi.waitFor(() => expect(state()).toBe("closed"));
    expect(line.getView()).toMatchObject({ reason: "signed-out" });
    world.tell("online");
    line.follow("b", createNumbers());
    await Promise.resolve();
    expect(server.asked).toHaveLength(1);
    expect(clock.pending()).toEqual([]);
  });

  test("a farewell because of signing out closes the line for good", async () => {
    server.append("a", event);
    const { line, isLive, state } = setUp();
    line.follow("a", createNumbers());
    await isLive();
    server.write(controlFrame("bye", { reason: "signed-out", retryMs: 0 }));
    await vi.waitFor(() => expect(state()).toBe("closed"));
  });

  test("404 drops the log that is not there, and the others go on", async () => {
    server.append("account", event);
    server.append("b", event);
    server.script.push(({ response }) => answerProblem(response, 404, "not-found"));
    const { clock, line } = setUp({ isThere: async (log) => log !== "a" });
    const [account, a, b] = [createNumbers(), createNumbers(), createNumbers()];
    line.follow("account", account);
    line.follow("a", a);
    line.follow("b", b);
    await vi.waitFor(() => expect(a.gone).toHaveBeenCalledWith("not-found"));
    clock.advance(125);
    await isTaken(b, [1]);
    await isTaken(account, [1]);
    expect(b.gone).not.toHaveBeenCalled();
  });

  test("404 and 401 of a proxy, while the server behind it restarts, are only a lost line", async () => {
    server.append("a", event);
    for (const status of [404, 401, 200]) {
      server.script.push(({ response }) =>
        response.writeHead(status, { "content-type": "text/html" }).end("<p>"),
      );
    }
    const { clock, line } = setUp({ isThere: () => Promise.reject(new Disconnected("restarting")) });
    const a = createNumbers();
    line.follow("a", a);
    for (const [index, pauseMs] of [125, 250, 500].entries()) {
      await isAsked(index + 1);
      await vi.waitFor(() => expect(clock.pending()).toContain(pauseMs));
      clock.advance(pauseMs);
    }
    await isTaken(a, [1]);
    expect(a.gone).not.toHaveBeenCalled();
  });
});

test("a conversation that is deleted ends alone", async () => {
  server.append("a", event);
  server.append("b", event);
  const { clock, line } = setUp();
  const [a, b] = [createNumbers(), createNumbers()];
  line.follow("a", a);
  line.follow("b", b);
  await isTaken(b, [1]);
  server.write(controlFrame("bye", { log: "a", reason: "conversation-deleted", retryMs: 0 }));
  await vi.waitFor(() => expect(a.gone).toHaveBeenCalledWith("deleted"));
  server.append("b", event);
  await isTaken(b, [1, 2]);
  clock.advance(LINGER_MS);
  expect(server.asked).toHaveLength(1);
});
