import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type OpenTab, setUpBrowser } from "./test-browser.ts";

type Browser = ReturnType<typeof setUpBrowser>;

/** Longer than it takes to notice that a leader is no more, and to have another one's line. */
const A_WHILE_MS = 20_000;

function expectWhole({ wanted }: Browser, tabs: OpenTab[]) {
  for (const { following } of tabs) {
    for (const [log, { reader, from }] of following) {
      expect(reader.taken).toEqual(wanted(log, from));
      expect(reader.resets).toEqual([]);
    }
  }
}

async function setUpTabs(count: number, ...logs: string[]) {
  const browser = setUpBrowser();
  for (let index = 0; index < count; index++) {
    browser.openTab("account", logs[index % logs.length] ?? "a");
    await browser.settle();
  }
  await browser.pass(500);
  const [first, second] = browser.tabs as [OpenTab, OpenTab];
  return { browser, first, second };
}

describe("tabs of one browser", () => {
  test("have one line, which carries what any of them follows, and all hear it", async () => {
    const { browser } = await setUpTabs(20, "a", "b", "c");
    for (const log of ["account", "a", "b", "c"]) browser.append(log, 3);
    await browser.settle();
    expectWhole(browser, browser.tabs);
    expect(browser.openStreams()).toHaveLength(1);
    expect(browser.tabs.map((tab) => tab.state())).toEqual(Array(20).fill("live"));
  });

  test("that come together cause one request more, and none while nothing changes", async () => {
    const browser = setUpBrowser();
    browser.openTab("account", "a");
    await browser.pass(500);
    for (let times = 0; times < 19; times++) browser.openTab("account", "b");
    await browser.pass(120_000);
    expect(browser.streams).toHaveLength(2);
  });

  test("with more conversations than a line carries have two lines", async () => {
    const browser = setUpBrowser();
    for (let index = 0; index < 60; index++) browser.openTab("account", `log${index}`);
    await browser.pass(500);
    for (let index = 0; index < 60; index++) browser.append(`log${index}`);
    await browser.settle();
    expect(browser.openStreams().map(({ logs }) => logs.length)).toEqual([50, 11]);
    expectWhole(browser, browser.tabs);
  });

  test("hear what came before they did: the line goes back to the lowest number, and nobody has anything twice", async () => {
    const { browser } = await setUpTabs(2);
    browser.append("a", 5);
    await browser.settle();
    browser.openTab("account").follow("a", 3);
    await browser.pass(500);
    expect(browser.openStreams()[0]?.asked).toContain("log=a:2");
    expectWhole(browser, browser.tabs);
  });
});

const ENDS: Record<string, { end(tab: OpenTab): void; withinMs: number }> = {
  "is closed": { end: (tab) => tab.world.tell("away"), withinMs: 500 },
  crashes: { end: (tab) => tab.crash(), withinMs: 500 },
  "is frozen": { end: (tab) => tab.freeze(), withinMs: A_WHILE_MS },
};

describe.each(Object.entries(ENDS))("a leader that %s", (_name, { end, withinMs }) => {
  test("is followed by another, and nothing is missing", async () => {
    const { browser, first } = await setUpTabs(5);
    browser.append("a", 2);
    end(first);
    browser.append("a", 2);
    await browser.pass(withinMs);
    browser.append("a", 2);
    await browser.pass(500);
    const others = browser.tabs.slice(1);
    expectWhole(browser, others);
    expect(others.map((tab) => tab.state())).toEqual(Array(4).fill("live"));
  });
});

test("a frozen leader that wakes listens to the one that came after it, and has what it missed", async () => {
  const { browser, first } = await setUpTabs(3);
  first.freeze();
  browser.append("a", 2);
  await browser.pass(A_WHILE_MS);
  browser.append("a", 2);
  first.thaw();
  await browser.pass(500);
  browser.append("a");
  await browser.pass(500);
  expectWhole(browser, browser.tabs);
  expect(browser.openStreams()).toHaveLength(1);
});

test("a tab that is looked at does not trust a line of a hidden leader that was silent meanwhile", async () => {
  const { browser, second } = await setUpTabs(2);
  const before = browser.streams.length;
  await browser.pass(7_000);
  second.world.tell("visible");
  await browser.pass(500);
  expect(browser.streams).toHaveLength(before + 1);
});

test("a page that comes back from the browser's cache is live again from its number", async () => {
  const { browser, first } = await setUpTabs(2);
  for (const tab of browser.tabs) tab.world.tell("away");
  await browser.pass(500);
  expect(browser.openStreams()).toHaveLength(0);
  browser.append("a", 3);
  first.world.tell("visible");
  await browser.pass(500);
  expectWhole(browser, [first]);
  expect(browser.openStreams()).toHaveLength(1);
});

test("where event streams are held back all tabs have what comes page by page, also by the next leader, until the network is another", async () => {
  const { browser, first } = await setUpTabs(3);
  browser.hold();
  browser.cut();
  browser.append("a", 2);
  await browser.pass(60_000);
  expectWhole(browser, browser.tabs);
  const { length } = browser.streams;
  first.crash();
  browser.append("a", 2);
  await browser.pass(2_000);
  const others = browser.tabs.slice(1);
  expectWhole(browser, others);
  expect(browser.streams).toHaveLength(length);
  browser.hold(false);
  for (const tab of others) tab.world.tell("online");
  browser.append("a", 2);
  await browser.pass(1_000);
  expectWhole(browser, others);
  expect(browser.openStreams()).toHaveLength(1);
});

const LOGS = ["a", "b", "c"];
const which = fc.nat({ max: 7 });
const anyLog = fc.constantFrom(...LOGS);
const step = fc.oneof(
  fc.record({ kind: fc.constant("open" as const), log: anyLog, lag: fc.nat({ max: 3 }) }),
  fc.record({ kind: fc.constantFrom("crash" as const, "close" as const, "return" as const), which }),
  fc.record({ kind: fc.constantFrom("freeze" as const, "thaw" as const), which, isTold: fc.boolean() }),
  fc.record({ kind: fc.constant("move" as const), which, log: anyLog }),
  fc.record({ kind: fc.constant("append" as const), log: anyLog, count: fc.nat({ max: 4 }) }),
  fc.record({ kind: fc.constant("cut" as const) }),
  fc.record({ kind: fc.constant("pass" as const), ms: fc.constantFrom(0, 500, 3_000, 12_000) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

test("whatever tabs do, each that is awake has what came after its number, once, and one of them has the line", async () => {
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 10, maxLength: 40, size: "max" }),
    fc.infiniteStream(fc.double({ min: 0, max: 0.99, noNaN: true })),
    async (steps, chances) => {
      const browser = setUpBrowser({ random: () => Number(chances.next().value) });
      for (const one of steps) await take(browser, one);
      await browser.pass(A_WHILE_MS);
      expectAllWell(browser);
      for (const tab of browser.tabs) if (!tab.isGone()) tab.thaw();
      for (const log of LOGS) browser.append(log);
      await browser.pass(A_WHILE_MS);
      expectAllWell(browser);
    },
  );
  await fc.assert(property, { numRuns: 60 });
}, 60_000);

/** Those that were put away are not awake: they have nothing to show. */
const away = new WeakSet<OpenTab>();

async function take(browser: Browser, one: Step) {
  const tab = "which" in one ? browser.tabs[one.which % browser.tabs.length] : undefined;
  switch (one.kind) {
    case "open":
      browser.openTab("account").follow(one.log, one.lag);
      break;
    case "crash":
      tab?.crash();
      break;
    case "close":
      if (!tab?.isAwake()) break;
      away.add(tab);
      tab.world.tell("away");
      break;
    case "return":
      if (!tab?.isAwake() || !away.delete(tab)) break;
      tab.world.tell("visible");
      break;
    case "freeze":
      tab?.freeze();
      break;
    case "thaw":
      tab?.thaw();
      if (one.isTold && tab?.isAwake() && !away.has(tab)) tab.world.tell("woken");
      break;
    case "move":
      if (!tab?.isAwake()) break;
      for (const log of LOGS) tab.unfollow(log);
      tab.follow(one.log);
      break;
    case "append":
      browser.append(one.log, one.count);
      break;
    case "cut":
      browser.cut();
      break;
    case "pass":
      return browser.pass(one.ms);
  }
  await browser.settle();
}

function expectAllWell(browser: Browser) {
  const awake = browser.tabs.filter((tab) => tab.isAwake() && !away.has(tab));
  expectWhole(browser, awake);
  expect(awake.map((tab) => tab.state())).toEqual(awake.map(() => "live"));
  const frozen = browser.tabs.filter((tab) => !tab.isAwake() && !tab.isGone());
  if (awake.length > 0 && frozen.length === 0) expect(browser.openStreams()).toHaveLength(1);
}
