import { expect } from "@playwright/test";
import { test } from "./browser-fixtures.ts";
import { doctor } from "./doctor.ts";
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

test("without guests, the doctor asks for a key, and is told when it is none", async ({
  server: { url },
}) => {
  const [without, wrong, nowhere] = await Promise.all([
    doctor(url),
    doctor(url, { REJOIN_KEY: "of nobody" }),
    doctor("nowhere"),
  ]);
  expect(without).toMatchObject({ code: 1, text: expect.stringContaining("give it as REJOIN_KEY=") });
  expect(wrong).toMatchObject({ code: 1, text: expect.stringContaining("Nothing could be checked: ") });
  expect(nowhere).toMatchObject({ code: 1, text: expect.stringContaining("Usage: npm run doctor") });
});
