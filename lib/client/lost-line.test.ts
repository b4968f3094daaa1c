import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { controlFrame } from "#lib/protocol/sse";
import { createFakeReader } from "./fake-reader.ts";
import { TELL_AFTER_MS } from "./line-view.ts";
import { FIRST_BYTES_MS, KEEP_ALIVE_MS, SILENCE_MS } from "./subscribe.ts";
import { event, setUpLine } from "./test-line.ts";
import { answerProblem, type Line, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
  server.append("a", event);
});
afterEach(() => server.stop());

function setUp() {
  const tools = setUpLine(server);
  const a = createFakeReader();
  tools.line.follow("a", a);
  return { ...tools, a };
}

describe("a line", () => {
  const losses: Record<string, () => void> = {
    "is cut off": () => server.cut(),
    "ends without a word": () => server.end(),
    "ends in the middle of an entry": () => {
      server.write('id: a:2\ndata: {"log":"a","first":2,"seq');
      server.end();
    },
    "says farewell": () => server.write(controlFrame("bye", { reason: "rotate", retryMs: 0 })),
  };
  test.each(Object.entries(losses))("that %s is opened again where it was", async (_name, lose) => {
    const { clock, a, has, isDue, state } = setUp();
    await has(a, 1);
    lose();
    await isDue(125);
    expect(state()).toBe("live");
    server.append("a", event);
    clock.advance(125);
    await has(a, 1, 2);
    expect(server.asked[1]).toEqual([{ log: "a", after: 1 }]);
  });

  const refusals: Record<string, (line: Line) => void> = {
    "answers 503": ({ response }) => answerProblem(response, 503, "database-unavailable"),
    "hangs up": ({ response }) => response.destroy(),
    "accepts and says nothing": (line) => server.startAndEnd(line),
    "accepts and says farewell": (line) => {
      server.startLine(line);
      line.response.write(controlFrame("bye", { reason: "restart", retryMs: 0 }));
    },
  };
  test.each(Object.entries(refusals))(
    "to a server that %s is asked for ever more slowly, and never given up",
    async (_name, refuse) => {
      for (let tries = 0; tries < 9; tries++) server.script.push(refuse);
      const { clock, a, has, isAsked, isDue } = setUp();
      for (const [index, pauseMs] of [125, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000].entries()) {
        await isAsked(index + 1);
        await isDue(pauseMs);
        clock.advance(pauseMs);
      }
      await has(a, 1);
    },
  );

  test("keeps the pause that the server asks for", async () => {
    server.script.push(({ response }) =>
      answerProblem(response, 429, "rate-limited", { "retry-after": "7" }),
    );
    const { isDue } = setUp();
    await isDue(7_000);
  });

  test.each(["online", "visible"] as const)(
    "that is lost is opened at once when the tab is told %s",
    async (sign) => {
      const { a, world, has, isDue, isAsked } = setUp();
      await has(a, 1);
      server.cut();
      await isDue(125);
      world.tell(sign);
      await isAsked(2);
    },
  );

  test("that is silent for too long is dead, and opened again", async () => {
    const { clock, isLive, isAsked, fetch } = setUp();
    await isLive();
    clock.advance(SILENCE_MS - 1);
    expect(fetch).toHaveBeenCalledOnce();
    clock.advance(1);
    await isAsked(2);
  });

  test("that shows signs of life is left alone", async () => {
    const { clock, a, fetch } = setUp();
    for (let signs = 1; signs < 8; signs++) {
      await soon(() => expect(a.taken).toHaveLength(signs));
      clock.advance(KEEP_ALIVE_MS);
      server.write(": keep-alive\n\n");
      // It comes after the comment, so whoever has it has heard the comment.
      server.append("a", event);
    }
    expect(fetch).toHaveBeenCalledOnce();
  });

  test("that never says a first word is tried anew sooner", async () => {
    server.script.push(() => {});
    const { clock, isAsked, isLive } = setUp();
    await isAsked(1);
    clock.advance(FIRST_BYTES_MS);
    await isLive();
    expect(server.asked).toHaveLength(2);
  });

  test("whose next one never says a first word either is given up as soon: it went over another dead connection", async () => {
    server.script.push(
      () => {},
      () => {},
    );
    const { clock, isAsked, isLive } = setUp();
    for (const asked of [1, 2]) {
      await isAsked(asked);
      clock.advance(FIRST_BYTES_MS);
    }
    await isLive();
  });
});

describe("a tab that was away", () => {
  test("does not trust a line that was silent for a while, and learns at once what is true now", async () => {
    const { clock, world, isLive, isAsked, fetch } = setUp();
    await isLive();
    world.tell("visible");
    expect(fetch).toHaveBeenCalledOnce();
    clock.advance(10_000);
    world.tell("visible");
    await isAsked(2);
  });

  test("hears how long the line was away, from the last sign of life on", async () => {
    const { clock, world, a } = setUp();
    await soon(() => expect(a.awayMs).toEqual([0]));
    clock.advance(30_000);
    world.tell("visible");
    await soon(() => expect(a.awayMs).toEqual([0, 30_000]));
  });

  test("was away all the time when the line is lost again before it caught up", async () => {
    const { clock, a, isDue, isAsked } = setUp();
    await soon(() => expect(a.awayMs).toEqual([0]));
    server.script.push((line) => {
      server.startLine(line);
      line.response.end(": keep-alive\n\n");
    });
    server.cut();
    await isDue(125);
    clock.advance(125);
    await isAsked(2);
    await isDue(125);
    clock.advance(125);
    await soon(() => expect(a.awayMs).toEqual([0, 250]));
  });
});

describe("a device that wakes", () => {
  test("asks anew at once where the line would have said something by now, and has what came meanwhile", async () => {
    const { clock, world, a, has, isAsked } = setUp();
    await has(a, 1);
    for (const { response } of server.open) response.cork();
    server.open.clear();
    clock.sleep(3_600_000);
    server.append("a", event);
    world.tell("woken");
    await isAsked(2);
    await has(a, 1, 2);
    expect(a.awayMs).toEqual([0, 3_600_000]);
  });

  test("leaves a line alone that was heard a moment ago, and does not wait for one that is to be tried later", async () => {
    const { clock, world, isLive, isAsked, isDue, fetch } = setUp();
    await isLive();
    clock.advance(KEEP_ALIVE_MS);
    world.tell("woken");
    expect(fetch).toHaveBeenCalledOnce();
    server.cut();
    await isDue(125);
    world.tell("woken");
    await isAsked(2);
  });
});

describe("a network that wants a sign-in of its own", () => {
  const PAGE = "<!doctype html><title>Welcome to our hotel</title><p>data: nothing of the kind</p>";
  const answers: Record<string, (line: Line) => void> = {
    "answers with a page": ({ response }) =>
      response.writeHead(200, { "content-type": "text/html" }).end(PAGE),
    "sends to a page": ({ response }) =>
      response.writeHead(302, { location: "http://portal.invalid/" }).end(),
    "says so by its status": ({ response }) =>
      response.writeHead(511, { "content-type": "text/html" }).end(PAGE),
  };
  test.each(Object.entries(answers))(
    "and %s: it is told, nothing is taken for data, and the line comes back by itself",
    async (_name, answer) => {
      const { clock, a, has, isDue, isAsked, isLive, state } = setUp();
      await has(a, 1);
      for (let tries = 0; tries < 5; tries++) server.script.push(answer);
      server.cut();
      let asked = 1;
      for (const pauseMs of [125, 250, 500, 1_000, 2_000, 4_000]) {
        await isAsked(asked++);
        await isDue(pauseMs);
        if (asked > 6) expect(state()).toBe("captive");
        clock.advance(pauseMs);
      }
      server.append("a", event);
      await isLive();
      await has(a, 1, 2);
      expect(a.resets).toEqual([]);
    },
  );
});

describe("a tab that is crowded out while nobody looks", () => {
  test("lets its line go, and has it back with all that came when someone looks", async () => {
    const { clock, world, a, has, state } = setUp();
    await has(a, 1);
    world.tell("crowded");
    await soon(() => expect(server.open.size).toBe(0));
    server.append("a", event);
    clock.advance(3_600_000);
    world.tell("online");
    expect(clock.pending()).toEqual([]);
    expect(state()).toBe("live");
    world.tell("visible");
    await has(a, 1, 2);
    expect(a.awayMs).toEqual([0, 3_600_000]);
    expect(server.asked).toHaveLength(2);
  });
});

describe("a network that is gone", () => {
  test("is told after a moment, and the line is tried on, slowly", async () => {
    const { clock, world, isLive, isDue, isAsked, state } = setUp();
    await isLive();
    for (let tries = 0; tries < 2; tries++) server.script.push(({ response }) => response.destroy());
    world.tell("offline");
    await isDue(10_000);
    expect(state()).toBe("live");
    clock.advance(TELL_AFTER_MS);
    expect(state()).toBe("offline");
    clock.advance(10_000 - TELL_AFTER_MS);
    await isAsked(3);
    await isDue(10_000);
    expect(state()).toBe("offline");
    world.tell("online");
    await isLive();
  });

  test("is told at once where a request hangs, and lets it go", async () => {
    const { clock, world, isLive, isDue, isAsked, state } = setUp();
    await isLive();
    server.script.push(
      () => {},
      ({ response }) => response.destroy(),
    );
    server.cut();
    await isDue(125);
    clock.advance(TELL_AFTER_MS);
    await isAsked(2);
    expect(state()).toBe("reconnecting");
    world.tell("offline");
    expect(state()).toBe("offline");
    await isAsked(3);
    await isDue(10_000);
    world.tell("online");
    await isLive();
  });

  test("is no reason to give up a server that can be reached without it", async () => {
    const { clock, world, isLive, isAsked, state } = setUp();
    await isLive();
    world.tell("offline");
    await isAsked(2);
    await soon(() => expect(clock.pending()).not.toContain(TELL_AFTER_MS));
    clock.advance(TELL_AFTER_MS);
    expect(state()).toBe("live");
  });
});

describe("what is told of the line", () => {
  test("a short drop passes in silence; a longer one is told, with the time since when", async () => {
    const { clock, line, isLive, isAsked, isDue, state } = setUp();
    const told: string[] = [];
    line.subscribe(() => told.push(state()));
    await isLive();
    server.script.push(() => {});
    server.cut();
    await isDue(125);
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
    const { line, a, has, isLive } = setUp();
    await isLive();
    const view = line.getView();
    server.append("a", event);
    await has(a, 1, 2);
    expect(line.getView()).toBe(view);
  });
});
