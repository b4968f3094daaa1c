import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { Api } from "./api.ts";
import { test as base } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";
import { FOREIGN, type HarmWatch, watchForHarm } from "./harm.ts";
import { callTools, type Parrot, startParrot, taughtBy } from "./parrot.ts";
import { HOSTILE_PAGE, HOSTILE_SVG, payloads } from "./xss-corpus.ts";

const TITLE_MAX_LENGTH = 200;
const AT_ONCE = 10;
const TABS = 3;
const CALLS_AT_ONCE = 20;

const test = base.extend<{ harm: HarmWatch }, { parrot: Parrot }>({
  parrot: [
    async ({ browserName: _ }, use) => {
      const parrot = await startParrot();
      await use(parrot);
      await parrot.stop();
    },
    { scope: "worker" },
  ],
  serverEnv: [({ parrot }, use) => use(taughtBy(parrot)), { scope: "worker" }],
  harm: async ({ tab, server }, use) => {
    await use(await watchForHarm(tab.page, server.url));
  },
});

// Some hundred answers in a row, which take longer where others are at work too.
test.describe.configure({ timeout: 180_000 });

test("prompts, answers and thoughts do no harm, while they are written and when they are loaded", async ({
  device,
  server,
  api,
}) => {
  const { tab: openTab } = await device();
  const inOneTab = async (some: readonly string[]) => {
    const tab = await openTab();
    const harm = await watchForHarm(tab.page, server.url);
    const { id } = await api.create({ title: "hostile" });
    await tab.open(id);
    for (const payload of some) await api.answered(id, payload);
    await api.answered(id, "the end");
    await expectHarmless(tab, harm, "the end");
    await tab.reload();
    // The older ones come after the newest.
    await expect(tab.prompts).toHaveCount(some.length + 1);
    await expectHarmless(tab, harm, "the end");
  };
  await Promise.all(batches(payloads, payloads.length / TABS).map(inOneTab));
});

test("titles do no harm, whether they come from a first prompt or are given", async ({ tab, api, harm }) => {
  const titled = payloads.map((payload) => ({
    id: randomUUID(),
    payload,
    title: payload.slice(0, TITLE_MAX_LENGTH).toWellFormed(),
  }));
  await tab.open();
  for (const some of batches(titled, AT_ONCE)) {
    await Promise.all(some.map(({ id, payload }) => api.send(id, payload)));
  }
  await expect(tab.sidebar.getByRole("listitem")).toHaveCount(titled.length);
  await harm.expectNone();

  const { id } = await api.create({ title: "hostile" });
  await tab.open(id);
  for (const { title } of titled) await rename(api, id, title);
  await rename(api, id, "the end");
  await expect(tab.row("the end")).toBeVisible();
  await harm.expectNone();

  for (const some of batches(titled, AT_ONCE)) {
    await Promise.all(some.map(({ id, title }) => rename(api, id, title)));
  }
  await tab.reload();
  await expect(async () => {
    await tab.sidebar.getByRole("listitem").last().scrollIntoViewIfNeeded();
    expect(await tab.sidebar.getByRole("listitem").count()).toBe(titled.length + 1);
  }).toPass();
  await harm.expectNone();
});

test("names, inputs and outputs of tools do no harm", async ({ tab, api, harm }) => {
  const { id } = await api.create({ title: "hostile" });
  await tab.open(id);
  const calls = payloads.flatMap((payload) => [
    { name: payload, input: { [payload]: payload } },
    // It is no place, and the tool says so, in these very words.
    { name: "current_time", input: { timeZone: payload.slice(0, 60).toWellFormed() } },
  ]);
  for (const some of batches(calls, CALLS_AT_ONCE)) await api.answered(id, callTools(some));
  await api.answered(id, "the end");
  await expectHarmless(tab, harm, "the end");
  await tab.reload();
  await expectHarmless(tab, harm, "the end");
  expect(await tab.answers.locator("details").count()).toBeGreaterThanOrEqual(calls.length);
});

test("files do no harm, whatever they are, are called and say they are", async ({ tab, api, harm }) => {
  const { id } = await api.create({ title: "hostile" });
  await tab.open(id);
  const kinds = [
    { mediaType: "text/html", url: HOSTILE_PAGE },
    { mediaType: "image/svg+xml", url: HOSTILE_SVG },
    { mediaType: "image/png", url: `${FOREIGN}/picture.png` },
    { mediaType: "application/pdf", url: `${FOREIGN}/paper.pdf` },
  ];
  const files = payloads.flatMap((payload, index) => [
    { type: "file", filename: payload, ...kinds[index % kinds.length] },
    { type: "file", mediaType: payload.slice(0, 200), url: "data:text/html,hello" },
  ]);
  // One that asks no other site for what it is given, as this test would see only what the browser asks for.
  const model = "demo/demo";
  for (const parts of batches(files, CALLS_AT_ONCE)) {
    await api.send(id, { model, parts: [{ type: "text", text: "count to 1" }, ...parts] });
  }
  await api.send(id, { model, text: "count to 1, the end" });
  // It takes no files. Until it says so, a mark of ours stands where the answer will be.
  const refused = () => expect(tab.answers.last().getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(tab.prompts.last()).toContainText("the end");
  await refused();
  await harm.expectNone();
  await tab.reload();
  await expect(tab.prompts.last()).toContainText("the end");
  await refused();
  await harm.expectNone();
});

async function expectHarmless({ page, answers }: Tab, harm: HarmWatch, end: string): Promise<void> {
  await expect(answers.last().locator(":scope > div > .answer")).toHaveText(end);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await harm.expectNone();
}

async function rename(api: Api, id: string, title: string): Promise<void> {
  const { status } = await api.ask(`/api/conversations/${id}`, { method: "PATCH", body: { title } });
  expect(status).toBe(200);
}

function batches<Item>(items: readonly Item[], size: number): Item[][] {
  const whole = Math.ceil(size);
  return Array.from({ length: Math.ceil(items.length / whole) }, (_, index) =>
    items.slice(index * whole, (index + 1) * whole),
  );
}
