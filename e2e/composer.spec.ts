import { devices, expect } from "@playwright/test";
import { asked } from "./asked.ts";
import type { Tab } from "./devices.ts";
import { test } from "./provider-fixtures.ts";
import { expectStored } from "./stored.ts";

/** All that makes one, but its browser. */
const { defaultBrowserType: _, ...PHONE } = devices["Pixel 7"] ?? {};

test("a slash offers commands, which are found, marked and given by the keyboard", async ({ tab, api }) => {
  const { id } = await api.create({ title: "Before", model: "demo/demo" });
  await api.answered(id, "count to 3, 0 ms apart");
  await tab.open(id);
  const { page } = tab;
  const list = page.getByRole("listbox", { name: "Commands" });
  const combobox = page.getByRole("combobox", { name: "Message" });
  await page.keyboard.type("/");
  await expect(list.getByRole("option", { name: "/help" })).toBeVisible();
  await page.keyboard.type("th");
  await expect(list.getByRole("option")).toHaveCount(3);
  await page.keyboard.press("ArrowDown");
  const marked = list.getByRole("option", { selected: true });
  await expect(marked).toContainText("/theme light");
  await expect(combobox).toHaveAttribute("aria-activedescendant", (await marked.getAttribute("id")) ?? "");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(tab.composer).toHaveValue("");

  await page.keyboard.type("/rena");
  await page.keyboard.press("Enter");
  await page.keyboard.type("After all");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "After all" })).toBeVisible();

  await page.keyboard.type("/help");
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(tab.composer).toHaveValue("/help");
  await tab.composer.fill("/help");
  await tab.composer.fill("/hel");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");

  // A prompt may begin with a slash too.
  await tab.send("/etc/hosts");
  await expect
    .poll(async () => (await api.snapshot(id)).messages.at(-2)?.parts)
    .toMatchObject([{ text: "/etc/hosts" }]);
  await page.keyboard.type("/new");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${api.url}/`);
});

test("instructions make a conversation before its first prompt, reach the model, and show on all devices", async ({
  tab,
  device,
  api,
  provider,
}) => {
  const { page } = tab;
  await tab.open();
  await page.keyboard.type("/ins");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Instructions" });
  await dialog.getByRole("textbox", { name: "Instructions" }).fill("Speak like a pirate.");
  await dialog.getByRole("button", { name: "Keep" }).click();
  const id = await tab.conversationId();
  await expect(page.getByRole("button", { name: "Instructions: Speak like a pirate." })).toBeVisible();
  await tab.send("hello");
  expect((await asked(provider, "Arr.")).map(({ role, content }) => [role, content])).toEqual([
    ["system", "Speak like a pirate."],
    ["user", "hello"],
  ]);
  await expectStored(api, tab, ["You: hello", "Answer: Arr."]);
  const other = await (await device()).tab();
  await other.open(id);
  await other.page.getByRole("button", { name: "Instructions: Speak like a pirate." }).click();
  await other.page.getByRole("dialog").getByRole("textbox", { name: "Instructions" }).fill("");
  await other.page.getByRole("dialog").getByRole("button", { name: "Keep" }).click();
  await expect(page.getByText("Speak like a pirate.")).toBeHidden();
  expect((await api.snapshot(id)).conversation.instructions).toBeNull();
});

test("what is typed on one device is there on the other, goes on there, and is gone once it is sent", async ({
  device,
  api,
}) => {
  const { id } = await api.create({ model: "demo/demo" });
  const [laptop, phone] = [await device(), await device(PHONE)];
  const [a, b] = [await laptop.tab(), await phone.tab()];
  await a.open(id);
  await b.visit(`/conversations/${id}`);
  const { updatedAt } = (await api.snapshot(id)).conversation;
  await a.page.keyboard.type("count to 3, 0");
  await expect(b.composer).toHaveValue("count to 3, 0");
  expect((await api.snapshot(id)).conversation).toMatchObject({ draft: "count to 3, 0", updatedAt });
  await b.composer.fill("count to 3, 0 ms apart");
  await expect(a.composer).toHaveValue("count to 3, 0 ms apart");
  await expectSheet(b);
  await b.page.getByRole("button", { name: "Send" }).tap();
  await expect(a.composer).toHaveValue("");
  await expectStored(api, b, ["You: count to 3, 0 ms apart", "Answer: 1 2 3"]);
  expect((await api.snapshot(id)).conversation.draft).toBeNull();
  for (const tab of [a, b]) {
    await tab.page.reload();
    await expect(tab.composer).toHaveValue("");
  }
});

/** On a phone the models come as a sheet, with the same search. */
async function expectSheet({ page }: Tab): Promise<void> {
  await page.getByRole("button", { name: /^Model:/ }).tap();
  const sheet = page.getByRole("dialog", { name: "Choose a model" });
  await expect(sheet.getByRole("option", { name: /Demo/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
}
