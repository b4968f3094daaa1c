import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { controlFrame } from "#lib/protocol/sse";
import { Disconnected } from "./ask.ts";
import { createFakeReader } from "./fake-reader.ts";
import { event, setUpLine } from "./test-line.ts";
import { answerProblem, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
});
afterEach(() => server.stop());

describe("who is not signed in", () => {
  test("has a closed line, for good", async () => {
    server.append("a", event);
    server.script.push(({ response }) => answerProblem(response, 401, "not-signed-in"));
    const { clock, world, line, state, fetch } = setUpLine(server);
    line.follow("a", createFakeReader());
    await soon(() => expect(state()).toBe("closed"));
    expect(line.getView()).toMatchObject({ reason: "signed-out" });
    world.tell("online");
    line.follow("b", createFakeReader());
    await Promise.resolve();
    expect(fetch).toHaveBeenCalledOnce();
    expect(clock.pending()).toEqual([]);
  });

  test("hears of it on an open line", async () => {
    server.append("a", event);
    const { line, isLive, state } = setUpLine(server);
    line.follow("a", createFakeReader());
    await isLive();
    server.write(controlFrame("bye", { reason: "signed-out", retryMs: 0 }));
    await soon(() => expect(state()).toBe("closed"));
  });
});

describe("a line too many", () => {
  const refuse = () =>
    server.script.push(({ response }) =>
      answerProblem(response, 429, "rate-limited", { "retry-after": "10" }),
    );

  test("is asked for again when the server said, and by nothing sooner", async () => {
    server.append("a", event);
    server.append("b", event);
    refuse();
    refuse();
    const { clock, world, line, has, state, isAsked, isDue, fetch } = setUpLine(server);
    const [a, b] = [createFakeReader(), createFakeReader()];
    line.follow("a", a);
    await soon(() => expect(state()).toBe("refused"));
    await isDue(10_000);
    world.tell("visible");
    world.tell("offline");
    world.tell("online");
    line.follow("b", b);
    clock.advance(9_999);
    await Promise.resolve();
    expect(fetch).toHaveBeenCalledOnce();
    clock.advance(1);
    await isAsked(2);
    await isDue(10_000);
    clock.advance(10_000);
    await has(a, 1);
    await has(b, 1);
    expect(server.asked).toHaveLength(3);
    expect(state()).toBe("live");
  });

  test("that nobody needs any more is let go", async () => {
    server.append("a", event);
    refuse();
    const { clock, line, state } = setUpLine(server);
    const leave = line.follow("a", createFakeReader());
    await soon(() => expect(state()).toBe("refused"));
    leave();
    await soon(() => expect(state()).toBe("closed"));
    expect(clock.pending()).toEqual([]);
  });
});

describe("a log that is not there", () => {
  const refuseOnce = () => server.script.push(({ response }) => answerProblem(response, 404, "not-found"));

  test("is dropped, and the others go on", async () => {
    server.append("account", event);
    server.append("b", event);
    refuseOnce();
    const { clock, line, has } = setUpLine(server, { isThere: async (log) => log === "b" });
    const [account, a, b] = [createFakeReader(), createFakeReader(), createFakeReader()];
    line.follow("account", account);
    line.follow("a", a);
    line.follow("b", b);
    await soon(() => expect(a.gone).toHaveBeenCalledWith("not-found"));
    clock.advance(125);
    await has(b, 1);
    await has(account, 1);
    expect(account.gone).not.toHaveBeenCalled();
    expect(b.gone).not.toHaveBeenCalled();
  });

  test("is asked about once, however often the line is refused meanwhile", async () => {
    server.append("a", event);
    for (let times = 0; times < 3; times++) refuseOnce();
    const answer = Promise.withResolvers<boolean>();
    const isThere = vi.fn(() => answer.promise);
    const { clock, line, isAsked, isDue } = setUpLine(server, { isThere });
    const a = createFakeReader();
    line.follow("a", a);
    for (const [index, pauseMs] of [125, 250, 500].entries()) {
      await isAsked(index + 1);
      await isDue(pauseMs);
      clock.advance(pauseMs);
    }
    expect(isThere).toHaveBeenCalledOnce();
    answer.resolve(false);
    await soon(() => expect(a.gone).toHaveBeenCalledOnce());
  });

  test("is kept for as long as nobody can be asked about it", async () => {
    server.append("a", event);
    refuseOnce();
    const unreachable = () => Promise.reject(new Disconnected("no network"));
    const { clock, line, has, isDue } = setUpLine(server, { isThere: unreachable });
    const a = createFakeReader();
    line.follow("a", a);
    await isDue(125);
    clock.advance(125);
    await has(a, 1);
    expect(a.gone).not.toHaveBeenCalled();
  });
});

test.each([404, 401, 200])(
  "%i from a proxy, while the server behind it restarts, is only a lost line",
  async (status) => {
    server.append("a", event);
    server.script.push(({ response }) =>
      response.writeHead(status, { "content-type": "text/html" }).end("<p>"),
    );
    const { clock, line, has, isDue } = setUpLine(server, { isThere: async () => false });
    const a = createFakeReader();
    line.follow("a", a);
    await isDue(125);
    clock.advance(125);
    await has(a, 1);
    expect(a.gone).not.toHaveBeenCalled();
  },
);

test("a refusal that breaks off is only a lost line", async () => {
  server.append("a", event);
  server.script.push(({ response }) => {
    response.writeHead(404, { "content-type": "application/problem+json", "content-length": 100 });
    response.write('{"code":"not-');
    setImmediate(() => response.destroy());
  });
  const { clock, line, has, isDue } = setUpLine(server, { isThere: async () => false });
  const a = createFakeReader();
  line.follow("a", a);
  await isDue(125);
  clock.advance(125);
  await has(a, 1);
});
