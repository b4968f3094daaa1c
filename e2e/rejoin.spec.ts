import { randomUUID } from "node:crypto";
import { expect, type Route } from "@playwright/test";
import type { Api } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import { expectOnlyGrew, NETWORK_ERRORS, type Tab, type Watched } from "./devices.ts";
import { committedWords, countTo, ended, expectCommitted, expectStored, lastNumber } from "./stored.ts";

/** Longer than any test; each ends it when it has seen enough. */
const LONG = "count to 2000, 40 ms apart";

test("an answer that is reloaded five times in the middle only ever grows", async ({ tab, api }) => {
  const shown = await tab.watch();
  await tab.open();
  await tab.send(LONG);
  for (let reloads = 0, word = 5; reloads < 5; reloads += 1) {
    await tab.reads(word);
    const before = await tab.words();
    await tab.reload();
    expect(shown.at(-1)?.[0]).toContain(before);
    word = lastNumber(before) + 10;
  }
  await expectWhole(api, tab, shown);
  const answer = `Answer: ${await tab.words()}`;
  await tab.send("count to 3");
  await expectStored(api, tab, [`You: ${LONG}`, answer, "You: count to 3", "Answer: 1 2 3"]);
});

test("offline for some seconds in the middle, and all words are there", async ({ device, api }) => {
  const phone = await device({ expects: NETWORK_ERRORS });
  const tab = await phone.tab();
  const shown = await tab.watch();
  await tab.open();
  await tab.send(LONG);
  await tab.reads(20);
  await tab.goOffline();
  await threeMoreSeconds(api, tab);
  await phone.context.setOffline(false);
  await expect(tab.line).toHaveText(/^Back\. \d+ words caught up\.$/);
  await expectWhole(api, tab, shown);
});

test("a network that breaks, stays away and comes back costs no word", async ({ device, network, api }) => {
  const tab = await (await device({ url: network.url, expects: NETWORK_ERRORS })).tab();
  const shown = await tab.watch();
  await tab.open();
  await tab.send(LONG);
  await tab.reads(20);
  await network.cut();
  await expect(tab.line).toHaveText("Reconnecting…");
  await threeMoreSeconds(api, tab);
  await network.mend();
  await expect(tab.line).toHaveText(/^Back\. \d+ words caught up\.$/);
  await expectWhole(api, tab, shown);
});

test("five broken connections in one answer, and it stands there once", async ({ device, network, api }) => {
  const tab = await (await device({ url: network.url, expects: NETWORK_ERRORS })).tab();
  const shown = await tab.watch();
  await tab.open();
  await tab.send(LONG);
  for (let cuts = 0; cuts < 5; cuts += 1) {
    await tab.reads(lastNumber(await committedWords(api, await tab.conversationId())) + 5);
    await network.cut();
    await network.mend();
  }
  await expectWhole(api, tab, shown);
});

test("a connection that falls silent is given up, and all words are there", async ({
  device,
  network,
  api,
}) => {
  const tab = await (await device({ url: network.url, expects: NETWORK_ERRORS })).tab();
  await tab.page.clock.install();
  const shown = await tab.watch();
  await tab.open();
  await tab.send(LONG);
  await tab.reads(20);
  network.hush();
  await threeMoreSeconds(api, tab);
  // The browser may try its other old connections first, which are as dead.
  await expect(async () => {
    await tab.page.clock.fastForward("00:40");
    await expect(tab.line).toHaveText(/^Back\./, { timeout: 500 });
  }).toPass();
  await expectWhole(api, tab, shown);
});

test("a network that goes while the line is being opened again is told at once", async ({
  device,
  network,
  api,
}) => {
  const phone = await device({ url: network.url, expects: NETWORK_ERRORS });
  const tab = await phone.tab();
  const { clock } = tab.page;
  await clock.install();
  const { id } = await api.create();
  await tab.open(id);
  await api.answered(id, "count to 3");
  await tab.reads(3);
  const hanging = tab.page.waitForRequest("**/api/follow*");
  await tab.page.route("**/api/follow*", () => undefined);
  await network.cut();
  await hanging;
  // Nothing happens any more by the passing of time.
  await clock.pauseAt(await tab.page.evaluate(() => Date.now() + 3_000));
  await expect(tab.line).toHaveText("Reconnecting…");
  await tab.goOffline();
  await tab.page.unroute("**/api/follow*");
  await clock.resume();
  await network.mend();
  await phone.context.setOffline(false);
  await expectStored(api, tab, ["You: count to 3", "Answer: 1 2 3"]);
});

test("behind a proxy that holds event streams back, words come all the same, and all of them", async ({
  device,
  network,
  api,
}) => {
  const tab = await (await device({ url: network.url, expects: NETWORK_ERRORS })).tab();
  await tab.page.clock.install();
  network.hold();
  await tab.open();
  await tab.send(LONG);
  const id = await tab.conversationId();
  await expectCommitted(api, id, 20);
  await expect(async () => {
    await tab.page.clock.fastForward("00:10");
    await expect(tab.answers).toContainText("19 20", { timeout: 500 });
  }).toPass();
  const shown = await tab.words();
  await expect.poll(async () => (await tab.words()).length).toBeGreaterThan(shown.length);
  await expect(tab.line).toBeEmpty();
  await expectWhole(api, tab);
  await tab.send("count to 3");
  await expect(tab.answers).toHaveCount(2);
  await expectStored(api, tab);
});

test("a tab that is looked at again does not trust a line that was silent meanwhile", async ({
  device,
  network,
  api,
}) => {
  const tab = await (await device({ url: network.url, expects: NETWORK_ERRORS })).tab();
  await tab.page.clock.install();
  const { id } = await api.create();
  await tab.open(id);
  await api.answered(id, "count to 3");
  await tab.reads(3);
  network.hush();
  await api.answered(id, "count to 4");
  await expect(async () => {
    await tab.page.clock.fastForward("00:10");
    await tab.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect(tab.answers).toHaveCount(2, { timeout: 500 });
  }).toPass();
  await expectStored(api, tab);
});

test("a tab that is closed in the middle and opened again has every word", async ({ device, api }) => {
  const laptop = await device();
  const first = await laptop.tab();
  await first.open();
  await first.send(LONG);
  await first.reads(20);
  const id = await first.conversationId();
  const before = await first.words();
  await first.close();
  await expectCommitted(api, id, 60);
  const second = await laptop.tab();
  const shown = await second.watch();
  await second.open(id);
  expect(shown[0]?.[0]).toContain(before);
  await expectWhole(api, second, shown);
});

test("leaving is not cancelling: another browser finds the answer finished", async ({ device, api }) => {
  const laptop = await device();
  const tab = await laptop.tab();
  await tab.open();
  await tab.send("count to 60, 40 ms apart");
  await tab.reads(5);
  const id = await tab.conversationId();
  await laptop.leave();
  await ended(api, id);
  const phone = await (await device()).tab();
  await phone.open(id);
  await expectStored(api, phone, ["You: count to 60, 40 ms apart", `Answer: ${countTo(60)}`]);
});

test("whoever changes conversations in the middle comes back to the same words and the rest", async ({
  tab,
  api,
}) => {
  await api.answered(randomUUID(), "count to 7");
  await tab.open();
  await tab.send(LONG);
  await tab.reads(20);
  const before = await tab.words();
  await tab.row("count to 7").getByRole("link").click();
  await expect.poll(tab.words).toBe("1 2 3 4 5 6 7");
  await tab.page.goBack();
  await expect(tab.answers).toContainText(before);
  await expectWhole(api, tab);
});

test("the page comes from the server with the answer so far in it", async ({ api, device }) => {
  const id = randomUUID();
  const { generationId } = await api.send(id, LONG);
  await expectCommitted(api, id, 20);
  const soFar = await committedWords(api, id);
  const html = await (await api.fetch(`/conversations/${id}`)).text();
  expect(html).toContain(`<p>${soFar}`);
  const tab = await (await device({ javaScriptEnabled: false })).tab();
  await tab.visit(`/conversations/${id}`);
  await expect(tab.answers).toContainText(soFar);
  await api.cancel(generationId);
});

/** By what the server has written meanwhile. */
async function threeMoreSeconds(api: Api, tab: Tab): Promise<void> {
  const id = await tab.conversationId();
  await expectCommitted(api, id, lastNumber(await committedWords(api, id)) + 75);
}

/** More words come, and when it is stopped, the long answer is there from its beginning, as it is stored. */
async function expectWhole(api: Api, tab: Tab, shown: Watched = []): Promise<void> {
  await tab.reads(lastNumber(await tab.words()) + 10);
  expect(countTo(2000)).toContain(await tab.words());
  await tab.stop.click();
  await expectStored(api, tab);
  const words = await tab.words();
  expect(countTo(2000)).toContain(`${words} `);
  if (shown.length > 0) expectOnlyGrew(shown, words);
}

const LOSSES: Record<string, (route: Route) => Promise<unknown>> = {
  "never arrived": async () => undefined,
  "arrived, and whose answer was lost,": (route) => route.fetch(),
};

for (const [what, lose] of Object.entries(LOSSES)) {
  test(`a prompt that ${what} is there at once, and once after a reload`, async ({ tab, api }) => {
    const { id } = await api.create({ title: "Numbers" });
    await tab.open(id);
    const { lost } = await loseFirstPost(tab, lose);
    await tab.send("count to 5");
    await expect.poll(tab.transcript).toContain("You: count to 5");
    await lost;
    await tab.reload();
    await tab.reads(5);
    await expectStored(api, tab, ["You: count to 5", "Answer: 1 2 3 4 5"]);
  });

  test(`a first prompt that ${what} makes one conversation, over a reload`, async ({ tab, api }) => {
    await tab.open();
    const { lost } = await loseFirstPost(tab, lose);
    await tab.send("count to 5");
    await expect.poll(tab.transcript).toEqual(["You: count to 5"]);
    await lost;
    await tab.reload();
    await tab.reads(5);
    await expectStored(api, tab, ["You: count to 5", "Answer: 1 2 3 4 5"]);
    await expect(tab.sidebar.getByRole("listitem")).toHaveCount(1);
  });
}

/** The browser never hears of its first prompt again. `lost` resolves when that much has happened. */
async function loseFirstPost({ page }: Tab, lose: (route: Route) => Promise<unknown>) {
  const { promise: lost, resolve } = Promise.withResolvers<void>();
  await page.route("**/messages", (route) => lose(route).then(() => resolve()), { times: 1 });
  return { lost };
}
