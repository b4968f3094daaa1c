import { chromium, devices, expect } from "@playwright/test";
import { LINES_PER_BROWSER } from "#lib/client/crowd";
import { chromiumFlags } from "#scripts/chromium-flags";
import { installedChromium } from "#scripts/find-chromium";
import { test } from "./browser-fixtures.ts";
import { NETWORK_ERRORS, openDevice, type Tab } from "./devices.ts";
import { committedWords, expectStored, lastNumber } from "./stored.ts";

/** To one host, over HTTP/1.1. */
const CONNECTIONS = 6;
const LONG = "count to 2000, 40 ms apart";
/** A name of a machine on one's own network, where there is no https. */
const AT_HOME = "rejoin.home.test";
/** A browser tells of a header that does nothing there. */
const WITHOUT_HTTPS = /^The Cross-Origin-Opener-Policy header has been ignored/;
const { defaultBrowserType: _, ...PHONE } = devices["Pixel 7"] ?? {};

test("a laptop that slept for an hour, whose line died without a word, has all that was said meanwhile", async ({
  device,
  network,
  api,
}) => {
  const tab = await (await device({ url: network.url, expects: NETWORK_ERRORS })).tab();
  await tab.page.clock.install();
  await tab.open();
  await tab.send(LONG);
  const id = await tab.conversationId();
  await tab.reads(5);
  network.hush();
  const seen = lastNumber(await tab.words());
  const [{ id: writing = "" } = {}] = (await api.snapshot(id)).generations;
  await expect.poll(async () => lastNumber(await committedWords(api, id))).toBeGreaterThan(seen + 20);
  await api.cancel(writing);
  await api.answered(id, "count to 7");
  await expect(tab.prompts).toHaveCount(1);
  await tab.page.clock.fastForward("01:00:00");
  // The browser may try its other old connections first, which are as dead.
  await expect(async () => {
    await tab.page.clock.fastForward("00:40");
    await expect(tab.prompts.filter({ hasText: "count to 7" })).toBeVisible({ timeout: 500 });
  }).toPass();
  await expectStored(api, tab);
  const meanwhile = await tab.transcript();
  await tab.send("count to 4");
  await expectStored(api, tab, [...meanwhile, "You: count to 4", "Answer: 1 2 3 4"]);
});

test("a phone that was put away has all that was said meanwhile when it is taken out", async ({
  device,
  network,
  api,
}) => {
  const phone = await device({ ...PHONE, url: network.url, expects: NETWORK_ERRORS });
  const tab = await phone.tab();
  const { id } = await api.create();
  await tab.visit(`/conversations/${id}`);
  await api.send(id, LONG);
  await tab.reads(5);
  const system = await phone.context.newCDPSession(tab.page);
  await tab.hide();
  await system.send("Page.setWebLifecycleState", { state: "frozen" });
  await network.cut();
  const [{ id: writing = "" } = {}] = (await api.snapshot(id)).generations;
  await api.cancel(writing);
  await api.answered(id, "count to 7");
  await network.mend();
  await system.send("Page.setWebLifecycleState", { state: "active" });
  await tab.show();
  await tab.reads(7);
  await expectStored(api, tab);
});

test("at an address without https tabs have lines of their own, as many as leave connections free", async ({
  network,
  api,
}) => {
  const browser = await chromium.launch({
    executablePath: installedChromium() ?? "",
    args: [...chromiumFlags(), `--host-resolver-rules=MAP ${AT_HOME} 127.0.0.1`],
  });
  const url = network.url.replace("localhost", AT_HOME);
  const laptop = await openDevice(browser, { url, cookie: api.cookie ?? "", expects: WITHOUT_HTTPS });
  const first = await laptop.tab();
  await first.open();
  expect(await first.page.evaluate(() => isSecureContext || "locks" in navigator)).toBe(false);
  await first.send("count to 3");
  const id = await first.conversationId();
  await first.reads(3);
  const tabs = [first];
  while (tabs.length < CONNECTIONS) {
    await tabs.at(-1)?.hide();
    const tab = await laptop.tab();
    await tab.visit(`/conversations/${id}`);
    await tab.reads(3);
    tabs.push(tab);
    await expect.poll(() => network.lines().open).toBe(Math.min(tabs.length, LINES_PER_BROWSER));
  }
  const last = tabs.at(-1) as Tab;
  await last.send("count to 5");
  for (const tab of tabs.slice(-LINES_PER_BROWSER)) await tab.reads(5);
  await last.hide();
  await first.show();
  await expectStored(api, first, [
    "You: count to 3",
    "Answer: 1 2 3",
    "You: count to 5",
    "Answer: 1 2 3 4 5",
  ]);
  await expect.poll(() => network.lines().open).toBe(LINES_PER_BROWSER);
  expect(laptop.complaints).toEqual([]);
  await browser.close();
});
