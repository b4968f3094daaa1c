import { randomUUID } from "node:crypto";
import { chromium, expect } from "@playwright/test";
import { chromiumFlags } from "#scripts/chromium-flags";
import { installedChromium, wholeChromium } from "#scripts/find-chromium";
import { test } from "./browser-fixtures.ts";
import { expectOnlyGrew, NETWORK_ERRORS, openDevice, type Tab } from "./devices.ts";
import { committedWords, countTo, expectStored, lastNumber } from "./stored.ts";

/** Longer than any test. */
const LONG = "count to 2000, 40 ms apart";
const TABS = 20;
/** So many pages in one browser take their time. */
const patiently = expect.configure({ timeout: 60_000 });

test("twenty tabs over HTTP/1.1 have one line, and whichever holds it may go, crash or freeze: all of them see everything, once", async ({
  device,
  network,
  api,
}) => {
  test.setTimeout(300_000);
  const laptop = await device({ url: network.url, expects: NETWORK_ERRORS });
  const shared = (await api.create()).id;
  const tabs: (Tab & { of: string })[] = [];
  /** All that any tab shows, also one that is frozen for a while. */
  const conversations = new Set([shared]);
  async function openTab(isShared: boolean) {
    const of = isShared ? shared : (await api.create()).id;
    const tab = Object.assign(await laptop.tab(), { of });
    tabs.push(tab);
    conversations.add(of);
    await tab.visit(`/conversations/${of}`);
  }
  await openTab(true);
  for (let pairs = 1; pairs < TABS / 2; pairs++) await Promise.all([openTab(true), openTab(false)]);
  await openTab(false);
  for (const tab of tabs.slice(3, 8)) await tab.hide();
  /** What each tab is to show. */
  const said = new Map<string, string[]>();

  async function expectAllRead() {
    await Promise.all(tabs.map((tab) => patiently.poll(tab.transcript).toEqual(said.get(tab.of))));
  }

  async function expectAllSee() {
    await expectAllRead();
    await patiently.poll(() => network.lines().open).toBe(1);
  }

  /** Into one tab of the conversation that many show, and from elsewhere into those that one tab shows. */
  async function sayEverywhere(number: number) {
    const prompt = `count to ${number}`;
    for (const of of conversations) {
      said.set(of, [...(said.get(of) ?? []), `You: ${prompt}`, `Answer: ${countTo(number)}`]);
    }
    const typed = tabs.find((tab) => tab.of === shared)?.send(prompt);
    const others = [...conversations].filter((of) => of !== shared);
    await Promise.all([typed, ...others.map((of) => api.send(of, prompt))]);
  }

  /** Takes the tab that has the line out of those that are looked at. */
  async function takeLeader(): Promise<Tab> {
    for (const [index, tab] of tabs.entries()) {
      if (await tab.page.evaluate(hasTheLine)) return tabs.splice(index, 1)[0] as Tab;
    }
    throw new Error("no tab has the line");
  }

  await sayEverywhere(3);
  await expectAllSee();
  const { asked } = network.lines();

  const closed = await takeLeader();
  await closed.close();
  await sayEverywhere(4);
  await expectAllSee();

  const crashed = await takeLeader();
  const crash = crashed.page.waitForEvent("crash");
  const inspector = await laptop.context.newCDPSession(crashed.page);
  inspector.send("Page.crash").catch(() => "it cannot answer any more");
  await crash;
  await sayEverywhere(5);
  await expectAllSee();

  const frozen = await takeLeader();
  const debug = await laptop.context.newCDPSession(frozen.page);
  await debug.send("Debugger.enable");
  await debug.send("Debugger.pause");
  await sayEverywhere(6);
  await expectAllRead();
  await debug.send("Debugger.disable");
  await patiently.poll(frozen.transcript).toContain(`Answer: ${countTo(6)}`);
  await expectAllSee();
  // Each time one that was new to it asked for what all of them follow.
  expect(network.lines().asked - asked).toBeLessThan(TABS);
});

test("whatever a network does to it, an answer stands there once and whole, without a reload", async ({
  device,
  network,
  api,
}) => {
  const tab = await (await device({ url: network.url, expects: NETWORK_ERRORS })).tab();
  const shown = await tab.watch();
  await tab.open();
  await tab.send(LONG);
  const id = await tab.conversationId();
  const goesOn = async () => tab.reads(lastNumber(await committedWords(api, id)) + 5);
  await goesOn();

  await test.step("a line that breaks in the middle of a letter", async () => {
    network.truncate();
    const title = "Zählen: €, ☕ and 😀";
    await api.ask(`/api/conversations/${id}`, { method: "PATCH", body: { title } });
    await expect(tab.row(title)).toBeVisible();
    await goesOn();
  });

  await test.step("a network on which everything takes long", async () => {
    network.slow(300);
    await goesOn();
    network.slow(0);
    await goesOn();
  });

  for (const how of ["page", "elsewhere"] as const) {
    await test.step(`a network that wants a sign-in first (${how})`, async () => {
      network.capture(how);
      await expect(tab.line).toHaveText(/^A sign-in page of this network answers\./);
      network.capture(undefined);
      await expect(tab.line).toHaveText(/^Back\. \d+ words caught up\.$/);
      await goesOn();
    });
  }

  await tab.stop.click();
  await expectStored(api, tab);
  expectOnlyGrew(shown, await tab.words());

  await test.step("a proxy that breaks what is idle", async () => {
    network.cutIdle(300);
    await expect.poll(() => network.lines().open).toBe(0);
    await api.answered(id, "count to 7");
    await tab.reads(7);
    await expectStored(api, tab);
  });
});

test("who goes back to a page that the browser kept has at once what came meanwhile", async ({
  network,
  api,
}) => {
  const whole = wholeChromium();
  const browser = await chromium.launch({
    executablePath: whole ?? installedChromium() ?? "",
    args: chromiumFlags(),
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  const { cookie = "" } = api;
  const laptop = await openDevice(browser, { url: network.url, cookie, expects: NETWORK_ERRORS });
  const tab = await laptop.tab();
  const id = randomUUID();
  await api.answered(id, "count to 3");
  // Some browsers keep every page, this one none that says that it is not to be stored, as ours do.
  await tab.page.route("**/conversations/*", async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "cache-control": "private, no-cache" };
    await route.fulfill({ response, headers });
  });
  await tab.visit(`/conversations/${id}`);
  await expect.poll(() => network.lines().open).toBe(1);
  await tab.page.evaluate(() => Object.assign(window, { isTheSame: true }));
  if (whole) await tab.visit("/sign-up");
  else await tab.page.evaluate(tellPage, "pagehide");
  await expect.poll(() => network.lines().open).toBe(0);
  await api.answered(id, "count to 4");
  if (whole) await tab.page.evaluate(() => history.back());
  else await tab.page.evaluate(tellPage, "pageshow");
  await tab.reads(4);
  expect(await tab.page.evaluate(() => "isTheSame" in window)).toBe(true);
  await api.answered(id, "count to 5");
  await tab.reads(5);
  const answers = [3, 4, 5].flatMap((last) => [`You: count to ${last}`, `Answer: ${countTo(last)}`]);
  expect(await tab.transcript()).toEqual(answers);
  expect(laptop.complaints).toEqual([]);
  await browser.close();
});

// Runs in the page: what a browser that keeps pages would say, for one that keeps none.
function tellPage(name: string): void {
  window.dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
}

// Runs in the page.
async function hasTheLine(): Promise<boolean> {
  return navigator.locks.request("who", async () => {
    const { held = [] } = await navigator.locks.query();
    const holderOf = (name: RegExp) => held.find((lock) => name.test(lock.name ?? ""))?.clientId;
    return holderOf(/^who$/) === holderOf(/^rejoin\.line\./);
  });
}
