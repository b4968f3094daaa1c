import { afterEach, beforeEach, expect, test } from "vitest";
import { createFakeReader } from "./fake-reader.ts";
import { FIRST_BYTES_MS, SILENCE_MS } from "./subscribe.ts";
import { event, setUpLine } from "./test-line.ts";
import { type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

const REST_MS = 250;

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
  server.append("a", event);
});
afterEach(() => server.stop());

/** A line on a network that lets no event stream through before its end. */
async function setUpPolled(...had: number[]) {
  const tools = setUpLine(server);
  const a = createFakeReader(...had);
  for (let streams = 0; streams < 2; streams++) server.script.push(() => {});
  tools.line.follow("a", a);
  await tools.isAsked(1);
  tools.clock.advance(FIRST_BYTES_MS);
  await tools.isAsked(2);
  tools.clock.advance(FIRST_BYTES_MS);
  return { ...tools, a, isPolled: (times: number) => soon(() => expect(server.polled).toHaveLength(times)) };
}

test("a line whose streams stay silent is asked for page by page, and brings all that comes, once", async () => {
  const { a, clock, isDue, isPolled, has, state } = await setUpPolled();
  await has(a, 1);
  expect(state()).toBe("live");
  for (let page = 2; page < 6; page++) {
    await isDue(REST_MS);
    clock.advance(REST_MS);
    await isPolled(page);
    server.append("a", event);
    await has(a, ...Array.from({ length: page }, (_, index) => index + 1));
  }
  expect(server.asked).toHaveLength(2);
  expect(server.polled.map(([place]) => place?.after)).toEqual([0, 1, 2, 3, 4]);
});

test("a page for which there is nothing to tell is waited for, and the line is live meanwhile", async () => {
  const { a, clock, isDue, isPolled, has, state } = await setUpPolled();
  await isDue(REST_MS);
  clock.advance(REST_MS);
  await isPolled(2);
  clock.advance(20_000);
  expect(state()).toBe("live");
  server.append("a", event);
  await has(a, 1, 2);
});

test("what cannot be gone on from is loaded anew there, too", async () => {
  const { a } = await setUpPolled(70);
  await soon(() => expect(a.resets).toEqual([1]));
});

test("a log that comes to it is asked for at once, with the others", async () => {
  const { line, isDue, clock, isPolled, has } = await setUpPolled();
  await isDue(REST_MS);
  clock.advance(REST_MS);
  await isPolled(2);
  server.append("b", event);
  const b = createFakeReader();
  line.follow("b", b);
  await has(b, 1);
  expect(server.polled[2]).toEqual([
    { log: "a", after: 1 },
    { log: "b", after: 0 },
  ]);
});

test("in another network the stream is tried again", async () => {
  const { world, a, has, isAsked, isDue } = await setUpPolled();
  await isDue(REST_MS);
  world.tell("online");
  await isAsked(3);
  server.append("a", event);
  await has(a, 1, 2);
});

test("where no page comes either it was no matter of streams, and they are tried again", async () => {
  const { a, clock, isDue, isPolled, isAsked, has } = await setUpPolled();
  await isDue(REST_MS);
  clock.advance(REST_MS);
  await isPolled(2);
  clock.advance(SILENCE_MS);
  await isAsked(3);
  server.append("a", event);
  await has(a, 1, 2);
});
