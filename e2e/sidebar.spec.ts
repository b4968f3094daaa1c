import { expect } from "@playwright/test";
import type { Api } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";

/** More than a page draws at once. */
const MANY = 420;
const AT_ONCE = 20;

test("what is archived leaves the list on all devices, stays where it can be found, and comes back", async ({
  device,
  api,
}) => {
  const { id } = await api.create({ title: "Old plans" });
  await api.create({ title: "New plans" });
  const [a, b] = [await (await device()).tab(), await (await device()).tab()];
  for (const tab of [a, b]) await tab.open();
  await choose(a, "Old plans", "Archive");
  for (const tab of [a, b]) {
    await expect(tab.row("Old plans")).toHaveCount(0);
    await expect(tab.row("New plans")).toBeVisible();
  }
  await b.reload();
  await expect(b.row("Old plans")).toHaveCount(0);
  await b.page.getByRole("button", { name: "Archived" }).click();
  await expect(b.row("New plans")).toHaveCount(0);
  await b.row("Old plans").getByRole("link").click();
  expect(await b.conversationId()).toBe(id);
  await choose(b, "Old plans", "Unarchive");
  await expect(b.sidebar.getByText("Nothing is archived.")).toBeVisible();
  await b.page.getByRole("button", { name: "All conversations" }).click();
  for (const tab of [a, b]) await expect(tab.row("Old plans")).toBeVisible();
});

test("a long list comes as it is scrolled, and the page holds no more of it than is in sight", async ({
  tab,
  api,
}) => {
  const oldest = await createMany(api);
  await tab.open();
  const rows = tab.sidebar.getByRole("listitem");
  await expect(rows).toHaveCount(100);
  await expect(async () => {
    await tab.sidebar.evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
    await expect(tab.row("Number 0.")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(await rows.count()).toBeLessThan(100);
  await tab.row("Number 0.").getByRole("link").click();
  expect(await tab.conversationId()).toBe(oldest);
  await expect(tab.row("Number 0.").getByRole("link")).toHaveAttribute("aria-current", "page");
  // What is in sight stays there while the list grows at its other end.
  await api.create({ title: "One more" });
  await tab.sidebar.evaluate((list) => list.scrollTo({ top: 0 }));
  await expect(tab.row("One more")).toBeVisible();
  await expect(tab.sidebar.getByRole("region", { name: "Last 24 hours" }).getByRole("heading")).toBeVisible();
});

test("an answer says what it took, is copied in two ways, and turns by the keyboard", async ({
  device,
  api,
}) => {
  const { context, tab: open } = await device({ permissions: ["clipboard-read", "clipboard-write"] });
  const tab = await open();
  const { id } = await api.create();
  await api.answered(id, "hello");
  await tab.open(id);
  const clipboard = () => tab.page.evaluate(() => navigator.clipboard.readText());
  for (const [how, words] of [
    ["Copy as plain text", "This is Rejoin's demo model."],
    ["Copy as markdown", "This is Rejoin's **demo model**."],
  ] as const) {
    await tab.page.getByRole("button", { name: "More about this answer" }).click();
    await tab.page.getByRole("menuitem", { name: how }).click();
    await expect.poll(clipboard).toContain(words);
  }
  await tab.page.getByRole("button", { name: "Details demo" }).click();
  const details = tab.page.getByRole("dialog", { name: "Details" });
  for (const fact of ["demo/demo", /\d s$/, /tokens\/s$/])
    await expect(details.getByRole("definition").filter({ hasText: fact })).toBeVisible();
  await tab.page.keyboard.press("Escape");
  await tab.page.getByRole("button", { name: "Answer again" }).click();
  await expect(tab.answers.getByText("Version 2 of 2")).toBeVisible();
  await tab.page.getByRole("button", { name: "Previous version" }).focus();
  await tab.page.keyboard.press("ArrowLeft");
  await expect(tab.answers.getByText("Version 1 of 2")).toBeVisible();
  await expect(tab.page.getByRole("button", { name: "Next version" })).toBeFocused();
  await tab.page.keyboard.press("ArrowRight");
  await expect(tab.answers.getByText("Version 2 of 2")).toBeVisible();
  await context.clearPermissions();
});

/** Returns the id of the oldest. */
async function createMany(api: Api): Promise<string> {
  const numbers = Array.from({ length: MANY }, (_, number) => number);
  const { id } = await api.create({ title: "Number 0." });
  for (let from = 1; from < MANY; from += AT_ONCE) {
    await Promise.all(
      numbers.slice(from, from + AT_ONCE).map((number) => api.create({ title: `Number ${number}.` })),
    );
  }
  return id;
}

async function choose({ page, row }: Tab, title: string, item: string): Promise<void> {
  await row(title).hover();
  await row(title)
    .getByRole("button", { name: `More about ${title}` })
    .click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}
