import { devices, expect } from "@playwright/test";
import type { Api } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import { type Device, NETWORK_ERRORS, type Tab } from "./devices.ts";
import { countTo, ended, expectStored, transcriptOf } from "./stored.ts";

/** What was said before each test. */
const BEFORE = ["You: count to 3", "Answer: 1 2 3"];

/** All that makes one, but its browser. */
const { defaultBrowserType: _, ...PHONE } = devices["Pixel 7"] ?? {};

const PAIRS: Record<string, (device: () => Promise<Device>) => Promise<[Device, Device]>> = {
  "two devices": async (device) => [await device(), await device()],
  "two tabs of one browser": async (device) => {
    const laptop = await device();
    return [laptop, laptop];
  },
};

for (const [name, pair] of Object.entries(PAIRS)) {
  test(`${name}: a prompt typed on one comes to life on the other, which was idle`, async ({
    device,
    api,
  }) => {
    const [a, b] = await openBoth(api, ...(await pair(device)));
    await a.send("count to 120, 40 ms apart");
    await b.reads(5);
    await expect(b.stop).toBeVisible();
    for (const tab of [a, b]) {
      await expectStored(api, tab, [...BEFORE, "You: count to 120, 40 ms apart", `Answer: ${countTo(120)}`]);
    }
  });

  test(`${name}: an answer that one stops ends on both with the word that is stored`, async ({
    device,
    api,
  }) => {
    const [a, b] = await openBoth(api, ...(await pair(device)));
    await a.send("count to 2000, 20 ms apart");
    await b.reads(20);
    await b.stop.click();
    for (const tab of [a, b]) await expectStopped(tab);
    const kept = await a.words();
    expect(countTo(2000)).toContain(`${kept} `);
    expect(kept).toContain("19 20");
    await a.send("count to 4");
    const all = [
      ...BEFORE,
      "You: count to 2000, 20 ms apart",
      `Answer: ${kept}`,
      "You: count to 4",
      "Answer: 1 2 3 4",
    ];
    for (const tab of [a, b]) await expectStored(api, tab, all);
    await b.reload();
    await expectStopped(b);
    await expectStored(api, b, all);
  });
}

test("an answer is stopped from another device before its first word", async ({ device, api }) => {
  const [a, b] = await openBoth(api, await device(), await device());
  await a.send("stall after 0");
  await expect(b.answers.getByText("Waiting for the first word")).toBeVisible();
  await b.stop.click();
  for (const tab of [a, b]) await expectStopped(tab);
  await a.send("count to 4");
  const all = [...BEFORE, "You: stall after 0", "Answer: ", "You: count to 4", "Answer: 1 2 3 4"];
  for (const tab of [a, b]) await expectStored(api, tab, all);
});

test("what was stopped on the phone says so on the computer, over reloads, and is simply stopped on the phone", async ({
  device,
  api,
}) => {
  const [a, b] = await openBoth(api, await device(), await device(PHONE));
  await a.send("stall after 5");
  await b.reads(5);
  await b.stop.tap();
  await expectStopped(b);
  await expect(a.answers.getByText("Stopped from your phone.")).toBeVisible();
  for (const tab of [a, b]) await tab.page.reload();
  await expectStopped(b);
  await expect(a.answers.getByText("Stopped from your phone.")).toBeVisible();
  await expectStored(api, a, [...BEFORE, "You: stall after 5", "Answer: 1 2 3 4 5"]);
});

test("Escape stops the answer", async ({ device, api }) => {
  const [a, b] = await openBoth(api, await device(), await device());
  await a.send("stall after 5");
  await a.reads(5);
  await a.page.keyboard.press("Escape");
  for (const tab of [a, b]) {
    await expectStopped(tab);
    await expectStored(api, tab, [...BEFORE, "You: stall after 5", "Answer: 1 2 3 4 5"]);
  }
});

test("a stop without a network is heard as soon as there is one", async ({ device, api }) => {
  const train = await device({ expects: NETWORK_ERRORS });
  const [a, b] = await openBoth(api, await device(), train);
  await a.send("stall after 5");
  await b.reads(5);
  await train.context.setOffline(true);
  await b.stop.click();
  await expect(b.answers.getByText("Stopping…")).toBeVisible();
  await expect(a.stop).toBeVisible();
  await train.context.setOffline(false);
  for (const tab of [a, b]) {
    await expectStopped(tab);
    await expectStored(api, tab, [...BEFORE, "You: stall after 5", "Answer: 1 2 3 4 5"]);
  }
});

test("a device that was away sends, and nothing of what came meanwhile is lost", async ({ device, api }) => {
  const train = await device({ expects: NETWORK_ERRORS });
  const [a, b] = await openBoth(api, await device(), train);
  await b.goOffline();
  const meanwhile = [...BEFORE, "You: count to 4", "Answer: 1 2 3 4", "You: count to 5", "Answer: 1 2 3 4 5"];
  await a.send("count to 4");
  await a.send("count to 5");
  await expectStored(api, a, meanwhile);
  await b.send("count to 6");
  await expect(b.prompts.getByText("Kept here until the server can be reached.")).toBeVisible();
  expect(await b.transcript()).toEqual([...BEFORE, "You: count to 6"]);
  await train.context.setOffline(false);
  await b.reads(6);
  const all = [...meanwhile, "You: count to 6", "Answer: 1 2 3 4 5 6"];
  for (const tab of [a, b]) await expectStored(api, tab, all);
});

test("a device that was away asks for another answer, and what came meanwhile is one step aside", async ({
  device,
  api,
}) => {
  const train = await device({ expects: NETWORK_ERRORS });
  const [a, b] = await openBoth(api, await device(), train);
  await b.goOffline();
  await a.send("count to 4");
  const meanwhile = [...BEFORE, "You: count to 4", "Answer: 1 2 3 4"];
  await expectStored(api, a, meanwhile);
  await b.answers.getByRole("button", { name: "Answer again" }).click();
  await train.context.setOffline(false);
  for (const tab of [a, b]) {
    await expect(tab.answers.getByText("Version 2 of 2")).toBeVisible();
    await expectStored(api, tab, BEFORE);
  }
  await a.answers.getByRole("button", { name: "Previous version" }).click();
  for (const tab of [a, b]) await expectStored(api, tab, meanwhile);
});

test("two devices send at the same moment: both are answered, in one order everywhere", async ({
  device,
  api,
}) => {
  const [a, b] = await openBoth(api, await device(), await device());
  await Promise.all([a.send("count to 20"), b.send("count to 21")]);
  const stored = async () => transcriptOf(await ended(api, await a.conversationId()));
  await expect.poll(stored).toHaveLength(6);
  const twenty = ["You: count to 20", `Answer: ${countTo(20)}`];
  const twentyOne = ["You: count to 21", `Answer: ${countTo(21)}`];
  const orders = [
    [...BEFORE, ...twenty, ...twentyOne],
    [...BEFORE, ...twentyOne, ...twenty],
  ];
  expect(orders).toContainEqual(await stored());
  for (const tab of [a, b]) await expectStored(api, tab);
});

test("a prompt that is sent during an answer waits its turn, for all to see", async ({ device, api }) => {
  const [a, b] = await openBoth(api, await device(), await device());
  await a.send("stall after 5");
  await a.reads(5);
  await b.send("count to 4");
  for (const tab of [a, b]) await expect(tab.answers.getByText("Waiting for its turn.")).toBeVisible();
  await a.stop.click();
  const all = [...BEFORE, "You: stall after 5", "Answer: 1 2 3 4 5", "You: count to 4", "Answer: 1 2 3 4"];
  for (const tab of [a, b]) await expectStored(api, tab, all);
});

test("the sidebar of one follows what the other makes, renames, deletes and brings back", async ({
  device,
}) => {
  const [a, b] = [await (await device()).tab(), await (await device()).tab()];
  for (const tab of [a, b]) await tab.open();
  await a.send("stall after 5");
  await b.sidebar.getByRole("link", { name: "stall after 5 is being answered" }).click();
  await b.reads(5);
  await b.stop.click();
  for (const tab of [a, b]) {
    await expect(tab.sidebar.getByRole("link", { name: "stall after 5", exact: true })).toBeVisible();
  }
  await choose(a, "stall after 5", "Rename");
  await a.sidebar.getByRole("textbox", { name: "Title" }).fill("Five numbers");
  await a.sidebar.getByRole("textbox", { name: "Title" }).press("Enter");
  await expect(b.row("Five numbers")).toBeVisible();
  await expect(b.page.getByRole("heading", { name: "Five numbers" })).toBeVisible();
  await expect(b.page).toHaveTitle("Five numbers · Rejoin");
  await choose(a, "Five numbers", "Delete");
  await expect(b.page.getByText("This conversation was deleted")).toBeVisible();
  for (const tab of [a, b]) await expect(tab.sidebar.getByRole("listitem")).toHaveCount(0);
  // Who deleted it was led away from it, and is led back; the other sees it again without doing anything.
  await a.page.waitForURL((url) => url.pathname === "/");
  await expect(a.composer).toBeFocused();
  await a.page.keyboard.press("F8");
  await a.page.keyboard.press("Tab");
  await a.page.keyboard.press("Tab");
  await expect(a.page.getByRole("button", { name: "Undo" })).toBeFocused();
  await a.page.keyboard.press("Enter");
  for (const tab of [a, b]) {
    await tab.reads(5);
    await expect(tab.row("Five numbers")).toBeVisible();
  }
});

/** One conversation, open on both. What is said in it before the test reaches both, so both have their line. */
async function openBoth(api: Api, one: Device, other: Device): Promise<[Tab, Tab]> {
  const { id } = await api.create();
  const [a, b] = [await one.tab(), await other.tab()];
  for (const tab of [a, b]) await tab.visit(`/conversations/${id}`);
  await api.answered(id, "count to 3");
  for (const tab of [a, b]) await tab.reads(3);
  return [a, b];
}

async function expectStopped({ answers, stop }: Tab): Promise<void> {
  await expect(answers.getByText("Stopped.", { exact: true })).toBeVisible();
  await expect(stop).toBeHidden();
}

async function choose({ page, row }: Tab, title: string, item: string): Promise<void> {
  await row(title).hover();
  await row(title)
    .getByRole("button", { name: `More about ${title}` })
    .click();
  await page.getByRole("menuitem", { name: item }).click();
}
