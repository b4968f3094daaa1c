import { expect, test, vi } from "vitest";
import { Disconnected, ProblemError } from "./ask.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeWorld } from "./fake-world.ts";
import { insist } from "./insist.ts";
import { soon } from "./test-soon.ts";

function setUp() {
  const clock = createFakeClock();
  const world = createFakeWorld();
  const left = new AbortController();
  return { clock, world, left, deps: { clock, world, random: () => 0.5 } };
}

const unreachable = () => Promise.reject(new Disconnected("no network"));
const refusal = new ProblemError({ code: "too-large", status: 413, detail: "This is too large" });

test("what reaches nobody is tried again, ever more slowly, until it is answered", async () => {
  const { clock, deps, left } = setUp();
  const act = vi.fn(unreachable as () => Promise<string>);
  const waits: number[] = [];
  const answer = insist(deps, act, {
    signal: left.signal,
    onWaiting: () => waits.push(act.mock.calls.length),
  });

  for (const pauseMs of [125, 250, 500]) {
    await soon(() => expect(clock.pending()).toEqual([pauseMs]));
    clock.advance(pauseMs);
  }
  await soon(() => expect(act).toHaveBeenCalledTimes(4));
  act.mockResolvedValue("here");
  clock.advance(1_000);

  expect(await answer).toBe("here");
  expect(waits).toEqual([1, 2, 3, 4]);
  expect(clock.pending()).toEqual([]);
});

test("a refusal is an answer and is not tried again", async () => {
  const { clock, deps, left } = setUp();
  const act = vi.fn(() => Promise.reject(refusal));
  await expect(insist(deps, act, { signal: left.signal })).rejects.toBe(refusal);
  expect(act).toHaveBeenCalledOnce();
  expect(clock.pending()).toEqual([]);
});

test.each(["online", "visible"] as const)("it tries at once when the tab is told %s", async (event) => {
  const { clock, world, deps, left } = setUp();
  const act = vi.fn(unreachable as () => Promise<string>);
  const answer = insist(deps, act, { signal: left.signal });
  await soon(() => expect(clock.pending()).toHaveLength(1));

  act.mockResolvedValue("here");
  world.tell(event);
  expect(await answer).toBe("here");
  expect(clock.pending()).toEqual([]);
});

test("the server's own wish for a pause is kept", async () => {
  const { clock, deps, left } = setUp();
  const act = vi.fn(() => Promise.reject(new Disconnected("busy", { retryAfterMs: 7_000 })));
  const answer = insist(deps, act, { signal: left.signal }).catch(() => "left");
  await soon(() => expect(clock.pending()).toEqual([7_000]));
  left.abort();
  expect(await answer).toBe("left");
});

test("whoever leaves is not kept waiting, and nothing stays behind", async () => {
  const { clock, deps, left } = setUp();
  const act = vi.fn(unreachable);
  const answer = insist(deps, act, { signal: left.signal }).catch((error: unknown) => error);
  await soon(() => expect(clock.pending()).toHaveLength(1));
  left.abort("left");
  expect(await answer).toBe("left");
  expect(act).toHaveBeenCalledOnce();
  expect(clock.pending()).toEqual([]);
});

test("after it was woken up it begins with short pauses again", async () => {
  const { clock, world, deps, left } = setUp();
  const answer = insist(deps, unreachable, { signal: left.signal }).catch(() => "left");
  for (const pauseMs of [125, 250, 500]) {
    await soon(() => expect(clock.pending()).toEqual([pauseMs]));
    clock.advance(pauseMs);
  }
  await soon(() => expect(clock.pending()).toEqual([1_000]));
  world.tell("online");
  await soon(() => expect(clock.pending()).toEqual([125]));
  left.abort();
  await answer;
});

test("a try whose network went away under it is made anew when there is one again", async () => {
  const { world, deps, left } = setUp();
  const act = vi.fn(
    (signal: AbortSignal) =>
      new Promise<string>((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Disconnected("given up")));
      }),
  );
  const answer = insist(deps, act, { signal: left.signal });
  expect(act).toHaveBeenCalledOnce();
  world.tell("visible");
  expect(act).toHaveBeenCalledOnce();
  world.tell("online");
  act.mockResolvedValue("here");
  await soon(() => expect(deps.clock.pending()).toEqual([125]));
  deps.clock.advance(125);
  expect(await answer).toBe("here");
  expect(world.listenerCount()).toBe(0);
});
