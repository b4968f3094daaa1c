import { expect } from "@playwright/test";
import { createApi } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import { somebody } from "./door.ts";

test.use({ serverEnv: { SIGN_UP: "closed", GUESTS: "off" } });

test("a closed instance takes nobody in who has no account, and says so", async ({ server, browser }) => {
  const nobody = createApi({ url: server.url });
  for (const [path, body] of [
    ["/api/auth/sign-up/email", somebody()],
    ["/api/auth/sign-in/anonymous", {}],
  ] as const) {
    expect((await nobody.refused(path, { body })).status).toBe(403);
  }
  const page = await browser.newPage();
  await page.goto(`${server.url}/conversations/1?x=1`);
  await expect(page).toHaveURL(`${server.url}/sign-in?next=%2Fconversations%2F1`);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Create an account" })).toBeHidden();
  await page.goto(`${server.url}/sign-up`);
  await expect(page).toHaveURL(`${server.url}/sign-in`);
  await page.close();
});
