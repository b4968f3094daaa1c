import { expect } from "@playwright/test";
import { test as base } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";
import { chooseInAccountMenu } from "./door.ts";
import { startOidcProvider } from "./oidc-provider.ts";

const test = base.extend<object, { house: Awaited<ReturnType<typeof startOidcProvider>> }>({
  house: [
    async ({ browserName: _ }, use) => {
      const house = await startOidcProvider();
      await use(house);
      await house.stop();
    },
    { scope: "worker" },
  ],

  serverEnv: [
    async ({ house: { issuer, client } }, use) => {
      await use({
        OIDC_ISSUER: issuer,
        OIDC_CLIENT_ID: client.id,
        OIDC_CLIENT_SECRET: client.secret,
        OIDC_NAME: "the house",
      });
    },
    { scope: "worker" },
  ],
});

/** Its pages ask for a typeface and an icon that are not there. */
const OF_THE_HOUSE = /net::ERR_NAME_NOT_RESOLVED|status of 404/;

test.beforeEach(({ house, server }) => house.knows(`${server.url}/api/auth/callback/oidc`));

test("who has an account elsewhere signs up and in by it, and brings their guest along", async ({
  device,
  guest,
}) => {
  for (const prompt of ["count to 2", "count to 3"]) {
    const shared = await device({ of: await guest(), expects: OF_THE_HOUSE });
    const tab = await shared.tab();
    await tab.open();
    await tab.send(prompt);
    await tab.reads(prompt.slice(-1));
    await chooseInAccountMenu(tab.page, "Sign in");
    await enterBy(tab, "ada");
    await expect(tab.page.getByRole("button", { name: "Account: ada" })).toBeVisible();
    await expect(tab.row(new RegExp(`^${prompt}$`))).toBeVisible();
  }
});

test("who comes back without having signed in is told, and can try again", async ({ device, guest }) => {
  const tab = await (await device({ of: await guest(), expects: OF_THE_HOUSE })).tab();
  await tab.visit("/sign-in");
  await tab.page.getByRole("button", { name: "Continue with the house" }).click();
  await tab.page.getByRole("link", { name: /cancel/i }).click();
  await expect(tab.page.getByRole("alert").filter({ hasText: "That did not work" })).toBeVisible();
  await expect(tab.page.getByRole("button", { name: "Continue with the house" })).toBeVisible();
});

async function enterBy({ page }: Tab, name: string): Promise<void> {
  await page.getByRole("button", { name: "Continue with the house" }).click();
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("any");
  await page.getByRole("button", { name: /sign-?in/i }).click();
  await page.getByRole("button", { name: /continue/i }).click();
}
