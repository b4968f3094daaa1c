import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { controlFrame } from "#lib/protocol/sse";
import { Disconnected, ProblemError } from "./ask.ts";
import { createFakeReader } from "./fake-reader.ts";
import { event, setUpLine } from "./test-line.ts";
import { frameOf, type LogServer, startLogServer } from "./test-log-server.ts";
import { soon } from "./test-soon.ts";

let server: LogServer;
beforeEach(async () => {
  server = await startLogServer();
});
afterEach(() => server.stop());

const entry = (sequence: number) => frameOf("a", { first: sequence, sequence, event });

/** The next request brings exactly this. */
function bring(...frames: string[]) {
  server.script.push((line) => {
    server.startLine(line);
    line.response.write(frames.join(""));
  });
}

describe("a gap", () => {
  test("is never papered over: the reader loads a snapshot and goes on from it", async () => {
    server.append("a", event);
    const { line, report, isAsked } = setUpLine(server);
    const a = createFakeReader();
    bring(entry(5), entry(6));
    line.follow("a", a);
    await isAsked(2);
    expect(a.resets).toEqual([5]);
    expect(a.taken).toEqual([5]);
    expect(server.asked[1]).toEqual([{ log: "a", after: 5 }]);
    expect(report).not.toHaveBeenCalled();
  });

  test("that comes again and again is met ever more slowly, until an entry could be taken", async () => {
    server.append("a", event);
    const { clock, line, isDue } = setUpLine(server);
    const a = createFakeReader();
    const loads = (...resets: number[]) => soon(() => expect(a.resets).toEqual(resets));
    bring(entry(5));
    line.follow("a", a);
    await loads(5);
    server.write(entry(50));
    await isDue(125);
    expect(a.resets).toEqual([5]);
    clock.advance(125);
    await loads(5, 50);
    server.write(entry(500));
    await isDue(250);
    clock.advance(250);
    await loads(5, 50, 500);
    server.write(entry(501));
    await soon(() => expect(a.taken.at(-1)).toBe(501));
    server.write(entry(600));
    await loads(5, 50, 500, 600);
  });

  test("in one log leaves the others alone", async () => {
    server.append("a", event);
    server.append("b", event);
    const { line, has } = setUpLine(server);
    const [a, b] = [createFakeReader(), createFakeReader()];
    line.follow("a", a);
    line.follow("b", b);
    await has(b, 1);
    server.write(entry(9));
    await has(a, 1, 9);
    server.write(entry(10));
    server.append("b", event);
    await has(a, 1, 9, 10);
    await has(b, 1, 2);
    expect(b.resets).toEqual([]);
    expect(server.asked).toHaveLength(1);
  });
});

test("a reader that stumbles over an entry loads a snapshot too, once, and it is reported", async () => {
  server.append("a", event);
  const { line, report, isAsked } = setUpLine(server);
  const a = createFakeReader();
  const take = vi.fn(() => {
    throw new TypeError("cannot read this");
  });
  bring(entry(1), entry(2), entry(3));
  line.follow("a", Object.assign(a, { take }));
  await isAsked(2);
  expect(take).toHaveBeenCalledOnce();
  expect(report).toHaveBeenCalledOnce();
  expect(a.resets).toEqual([1]);
});

describe("a reset", () => {
  test("makes the named reader load a snapshot, and the line goes on from there", async () => {
    server.append("a", event, event);
    server.append("b", event);
    const { line, has } = setUpLine(server);
    const [a, b] = [createFakeReader(90), createFakeReader()];
    line.follow("a", a);
    line.follow("b", b);
    await has(a, 90, 2);
    server.append("a", event);
    await has(a, 90, 2, 3);
    await has(b, 1);
    expect(b.resets).toEqual([]);
    expect(server.asked).toHaveLength(1);
  });

  test("that is said twice is done once", async () => {
    server.append("a", event);
    const { clock, line } = setUpLine(server);
    const a = createFakeReader();
    const reset = controlFrame("reset", { log: "a", sequence: 1 });
    bring(reset, reset);
    line.follow("a", a);
    await soon(() => expect(a.resets).toEqual([1]));
    server.append("a", event);
    await soon(() => expect(a.taken.at(-1)).toBe(2));
    expect(a.resets).toEqual([1]);
    expect(clock.pending()).not.toContain(125);
  });

  test("waits for a network that is gone, and takes nothing in between", async () => {
    server.append("a", event, event);
    const { clock, line, has, isDue } = setUpLine(server);
    const a = createFakeReader(90);
    const reset = vi.spyOn(a, "reset").mockRejectedValueOnce(new Disconnected("no network"));
    line.follow("a", a);
    await isDue(125);
    expect(reset).toHaveBeenCalledOnce();
    server.append("a", event);
    clock.advance(125);
    await has(a, 90, 2, 3);
  });

  test("is given up by whoever leaves meanwhile", async () => {
    server.append("a", event);
    const { clock, line, isDue } = setUpLine(server);
    const a = createFakeReader(90);
    vi.spyOn(a, "reset").mockRejectedValue(new Disconnected("no network"));
    const leave = line.follow("a", a);
    await isDue(125);
    leave();
    await soon(() => expect(clock.pending()).toEqual([]));
  });

  test("of a conversation that is not there ends the following of it", async () => {
    server.append("a", event);
    const { line } = setUpLine(server);
    const a = createFakeReader(90);
    const gone = new ProblemError({ code: "not-found", status: 404, detail: "Nothing is here" });
    vi.spyOn(a, "reset").mockRejectedValueOnce(gone);
    line.follow("a", a);
    await soon(() => expect(a.gone).toHaveBeenCalledWith("not-found"));
  });
});
