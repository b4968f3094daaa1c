import { expect } from "@playwright/test";
import { test } from "./browser-fixtures.ts";
import { watchForHarm } from "./harm.ts";

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 800 };

// Two models, so that there is a choice. Nobody asks the other one.
test.use({
  serverEnv: {
    OPENAI_COMPATIBLE_BASE_URL: "http://localhost:9",
    OPENAI_COMPATIBLE_MODELS: "other",
    DEFAULT_MODEL: "demo/demo",
  },
});

test("whoever uses all there is meets nothing that the policy of the page forbids", async ({
  device,
  server,
}) => {
  const { tab: openTab } = await device({ viewport: WIDE });
  const tab = await openTab();
  const { page } = tab;
  const harm = await watchForHarm(page, server.url);
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const item = (name: string) => page.getByRole("menuitem", { name });

  await tab.visit("/sign-up");
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("Email").fill(`ada-${crypto.randomUUID()}@here.example`);
  await page.getByLabel("Password").fill("long enough for this");
  await button("Create account").click();
  await expect(tab.composer).toBeFocused();

  await tab.send("what can you do?");
  await expect(tab.stop).toBeVisible();
  await expect(tab.stop).toBeHidden();
  await button("Copy code").first().click();
  await tab.reload();
  // Its colours are there, so the highlighter was loaded and ran.
  await expect(tab.answers.locator("pre span[style]").first()).toBeVisible();
  await tab.send("think 3, then what time is it");
  await tab.answers.getByText("Used current time").click();
  await expect(tab.stop).toBeHidden();
  await tab.answers.last().hover();
  await button("Answer again").last().click();
  await expect(tab.answers.getByText("Version 2 of 2")).toBeVisible();

  await button(/^Model:/).click();
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("option")).toHaveCount(0);
  await button("Instructions").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "Light" }).click();
  await page.getByRole("radio", { name: "Dark" }).click();
  await button("Hide the sidebar").click();
  await button("Show the sidebar").click();
  await button(/^Account:/).click();
  await expect(item("Sign out")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await button(/^More about/)
    .first()
    .click();
  await item("Rename").click();
  await page.keyboard.type("renamed");
  await page.keyboard.press("Enter");
  await expect(tab.row("renamed")).toBeVisible();

  await button(/^More about/)
    .first()
    .click();
  await item("Delete").click();
  await button("Undo").click();
  // It is opened again, which closes what is in front of it.
  await expect(page.getByRole("heading", { name: "renamed" })).toBeVisible();
  await page.setViewportSize(PHONE);
  await button("Open the list of conversations").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  // By a style that a library writes into the page when it is needed; so it was let in.
  await expect(page.locator("body")).toHaveCSS("overscroll-behavior-y", "contain");
  await page.keyboard.press("Escape");

  await page.setViewportSize(WIDE);
  await tab.sidebar.getByRole("link").first().click();
  await harm.expectNone();
});
