import { expect } from "@playwright/test";
import { test } from "./browser-fixtures.ts";
import { signUp, somebody } from "./door.ts";

test.use({ serverEnv: { GUESTS: "off" } });

test("without guests, who comes is asked to sign in or up, and then shown what they came for", async ({
  server,
  browser,
}) => {
  const page = await browser.newPage();
  await page.goto(`${server.url}/settings`);
  await page.getByRole("link", { name: "Create an account" }).click();
  await signUp(page, somebody("Grace"));
  await expect(page).toHaveURL(`${server.url}/settings`);
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await page.close();
});
