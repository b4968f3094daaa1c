import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { controlFrame } from "#lib/protocol/sse";
import { createFakeReader } from "./fake-reader.ts";
import { LINGER_MS } from "./held-line.ts";
import { FIRST_BYTES_MS } from "./subscribe.ts";
import { event, setUpLine } from "./test-line.ts";
import { type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
});
afterEach(() => server.stop());

describe("following", () => {
  test("all logs come on one line, each after its own number", async () => {
    server.append("account", event, event);
    server.append("a", event, event, event);
    const { line, fetch, has } = setUpLine(server);
    const [account, a] = [createFakeReader(), createFakeReader(1)];
    line.follow("account", account);
    line.follow("a", a);
    await has(account, 1, 2);
    await has(a, 1, 2, 3);
    server.append("a", event);
    await has(a, 1, 2, 3, 4);
    const both = [
      { log: "account", after: 0 },
      { log: "a", after: 1 },
    ];
    expect(server.asked).toEqual([both]);
    expect(fetch).toHaveBeenCalledOnce();
  });

  test("a log that comes to it reopens the line with the numbers of now", async () => {
    server.append("a", event, event);
    server.append("b", event);
    const { line, has } = setUpLine(server);
    const [a, b] = [createFakeReader(), createFakeReader()];
    line.follow("a", a);
    await has(a, 1, 2);
    line.follow("b", b);
    await has(b, 1);
    expect(server.asked[1]).toEqual([
      { log: "a", after: 2 },
      { log: "b", after: 0 },
    ]);
    expect(a.taken).toEqual([1, 2]);
    await soon(() => expect(server.open.size).toBe(1));
  });

  test("a page that is mounted twice at once asks once", async () => {
    server.append("a", event);
    const { line, fetch, has } = setUpLine(server);
    const a = createFakeReader();
    const leave = line.follow("a", a);
    leave();
    line.follow("a", a);
    await has(a, 1);
    expect(fetch).toHaveBeenCalledOnce();
  });

  test("a log that is left is asked for no more after a while, and nothing of it is taken", async () => {
    server.append("a", event);
    server.append("b", event);
    const { clock, line, has, isAsked } = setUpLine(server);
    const [a, b] = [createFakeReader(), createFakeReader()];
    const leave = line.follow("a", a);
    line.follow("b", b);
    await has(b, 1);
    leave();
    server.append("a", event);
    server.append("b", event);
    await has(b, 1, 2);
    expect(a.taken).toEqual([1]);
    clock.advance(LINGER_MS);
    await isAsked(2);
    expect(server.asked[1]).toEqual([{ log: "b", after: 2 }]);
  });

  test("when nothing is followed the line is closed, and nothing stays behind", async () => {
    server.append("a", event);
    const { clock, world, line, isLive, state } = setUpLine(server);
    const leave = line.follow("a", createFakeReader());
    await isLive();
    leave();
    await soon(() => expect(state()).toBe("closed"));
    await soon(() => expect(server.open.size).toBe(0));
    clock.advance(LINGER_MS);
    expect(clock.pending()).toEqual([]);
    expect(world.listenerCount()).toBe(0);
    expect(line.getView()).toMatchObject({ reason: "left" });
  });

  test("a line that was closed is opened again for the next one", async () => {
    server.append("a", event);
    const { line, isLive, state, has } = setUpLine(server);
    const leave = line.follow("a", createFakeReader());
    await isLive();
    leave();
    await soon(() => expect(state()).toBe("closed"));
    const a = createFakeReader();
    line.follow("a", a);
    await has(a, 1);
  });
});

test("a conversation that is deleted ends alone", async () => {
  server.append("a", event);
  server.append("b", event);
  const { clock, line, has } = setUpLine(server);
  const [a, b] = [createFakeReader(), createFakeReader()];
  line.follow("a", a);
  line.follow("b", b);
  await has(b, 1);
  server.write(controlFrame("bye", { log: "a", reason: "conversation-deleted", retryMs: 0 }));
  await soon(() => expect(a.gone).toHaveBeenCalledWith("deleted"));
  server.append("b", event);
  await has(b, 1, 2);
  clock.advance(LINGER_MS);
  expect(clock.pending()).not.toContain(FIRST_BYTES_MS);
  expect(server.asked).toHaveLength(1);
});
