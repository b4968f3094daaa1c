import { expect, type Page } from "@playwright/test";
import { test } from "./browser-fixtures.ts";

const blur = (page: Page) =>
  page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
  );

test("the palette goes to conversations and does what the page offers, and gives the focus back", async ({
  device,
  api,
}) => {
  const lisbon = await api.create({ title: "Trip to Lisbon" });
  const other = await api.create({ title: "Something else" });
  await api.answered(other.id, "count to 3 zebrafish");
  const laptop = await device({ permissions: ["clipboard-read", "clipboard-write"] });
  const tab = await laptop.tab();
  const { page } = tab;
  const scripts: string[] = [];
  page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
  const field = page.getByRole("combobox", { name: "Search and commands" });
  const choose = async (words: string, option: string | RegExp) => {
    await page.keyboard.press("Control+k");
    await expect(field).toBeFocused();
    await page.keyboard.type(words);
    await expect(page.getByRole("option", { name: option, selected: true })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(field).toBeHidden();
  };

  await tab.open();
  await expect.poll(() => page.evaluate(() => document.readyState)).toBe("complete");
  const before = scripts.length;
  await choose("lisb", "Trip to Lisbon");
  // Whoever never opens it does not pay for it.
  expect(scripts.length).toBeGreaterThan(before);
  await page.waitForURL(`**/conversations/${lisbon.id}`);
  await choose("zebrafish", "Something else");
  await page.waitForURL(`**/conversations/${other.id}#message-*`);
  await choose("dark", "Theme: dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(tab.composer).toBeFocused();

  await tab.send("stall after 3, 0 ms apart");
  await tab.reads(3);
  await choose("stop", "Stop the answer Esc");
  await expect(tab.answers.last().getByText("Stopped.")).toBeVisible();
  await choose("copy", /^Copy the last answer/);
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("1 2 3");
  await choose("password", "Settings");
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  // What belongs to a conversation is gone with it.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("copy");
  await expect(page.getByText("Nothing is called that.").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field).toBeHidden();
  await choose("new", /^New conversation/);
  await expect(page.getByRole("heading", { name: "What would you like to know?" })).toBeVisible();
});

test("a single key is a shortcut outside of fields, until it is turned off", async ({ tab, api }) => {
  const { page } = tab;
  const { id } = await api.create({ title: "Counted" });
  await api.answered(id, "count to 3");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await tab.open(id);
  await page.keyboard.type("? n /");
  await expect(tab.composer).toHaveValue("? n /");
  await blur(page);
  await page.keyboard.press("?");
  await expect(sheet).toBeVisible();
  await expect(sheet.getByText("Stop the answer")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.keyboard.press("s");
  await expect(page.getByRole("complementary", { name: "Sidebar" })).toBeHidden();
  await page.keyboard.press("s");
  await expect(page.getByRole("complementary", { name: "Sidebar" })).toBeVisible();
  await page.keyboard.press("k");
  await expect(tab.answers).toBeFocused();
  await page.keyboard.press("k");
  await expect(tab.prompts).toBeFocused();
  await page.keyboard.press("/");
  await expect(tab.composer).toBeFocused();
  await expect(tab.composer).toHaveValue("? n /");
  await blur(page);
  await page.keyboard.press("n");
  await page.waitForURL((url) => url.pathname === "/");

  // From the account's menu too, where the focus comes back to.
  const account = page.getByRole("button", { name: /^Account:/ });
  await account.click();
  await page.getByRole("menuitem", { name: "Keyboard shortcuts" }).click();
  await sheet.getByRole("switch", { name: "Single keys" }).click();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(account).toBeFocused();
  await tab.reload();
  await blur(page);
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await expect(sheet).toBeHidden();
  await page.keyboard.press("Escape");
  await tab.visit("/settings");
  const keys = page.getByRole("switch", { name: "Single keys" });
  await expect(keys).not.toBeChecked();
  await keys.click();
  await expect(keys).toBeChecked();
  await blur(page);
  await page.keyboard.press("?");
  await expect(sheet).toBeVisible();
});
