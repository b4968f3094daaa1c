import { expect } from "@playwright/test";
import type { InstanceView, OverseenList } from "#lib/protocol/admin";
import { type Api, type Ask, createApi } from "./api.ts";
import { test as base } from "./browser-fixtures.ts";
import { signedUp } from "./door.ts";
import { expectProblem } from "./problems.ts";

const PASSWORD = "correct horse";

type Somebody = { api: Api; id: string; name: string; email: string };
type SignUp = (name: string) => Promise<Somebody>;

const test = base.extend<{ signUp: SignUp }, { admin: Somebody }>({
  /** The first who signs up keeps the server. */
  admin: [
    async ({ server }, use) => {
      await use(await signUpAt(server.url, "Ada"));
    },
    { scope: "worker", auto: true },
  ],
  signUp: async ({ server }, use) => {
    await use((name) => signUpAt(server.url, name));
  },
});

test.use({ serverEnv: { PROMPTS_PER_DAY: "500" } });

async function signUpAt(url: string, name: string): Promise<Somebody> {
  const email = `${name.toLowerCase()}@example.com`;
  const api = await signedUp(url, { name, email, password: PASSWORD });
  return { api, id: api.accountId, name, email };
}

const enter = (url: string, how: "sign-up" | "sign-in", who: { name?: string; email: string }) =>
  createApi({ url }).fetch(`/api/auth/${how}/email`, {
    body: { ...who, password: PASSWORD },
    headers: { origin: new URL(url).origin },
  });

const ADDRESSES: [string, Ask][] = [
  ["/api/admin/accounts", {}],
  ["/api/admin/accounts?limit=nonsense", {}],
  ["/api/admin/instance", {}],
  ["/api/admin/instance", { method: "PATCH", body: { signUp: "closed" } }],
  ["/api/admin/instance", { method: "PATCH", body: { nonsense: 1 } }],
  ["/api/admin/accounts/0198c0de-0000-7000-8000-000000000001", { method: "PATCH", body: { disabled: true } }],
];

test("who is not the admin finds what is where nothing is", async ({ server, api, signUp, admin }) => {
  const other = await signUp("Grace");
  const made = await admin.api.ask<{ key: string }>("/api/api-keys", { body: { name: "a program" } });
  const headers = { authorization: `Bearer ${made.body.key}` };
  for (const [path, ask] of ADDRESSES) {
    const missing = await other.api.refused("/api/nothing/of/the/kind", ask);
    const program = await createApi({ url: server.url }).refused(path, { ...ask, headers });
    for (const refused of [await other.api.refused(path, ask), await api.refused(path, ask), program]) {
      expectProblem(refused, "not-found", 404);
      expect(refused.body).toEqual(missing.body);
    }
  }
  const { body } = await admin.api.ask<{ instance: InstanceView }>("/api/admin/instance");
  expect(body.instance.signUp).toBeNull();
});

test("the admin sees who is there, keeps somebody out at once, and lets them in again", async ({
  server,
  signUp,
  admin,
}) => {
  const bob = await signUp("Bob");
  const made = await bob.api.ask<{ key: string }>("/api/api-keys", { body: { name: "a program" } });
  const program = createApi({ url: server.url });
  const byKey = { headers: { authorization: `Bearer ${made.body.key}` } };
  const { id } = await bob.api.create();
  await bob.api.answered(id, "count to 2, 0 ms apart");
  const { body: list } = await admin.api.ask<OverseenList>("/api/admin/accounts?q=bOb@");
  expect(list.accounts).toMatchObject([
    {
      id: bob.id,
      email: bob.email,
      conversations: 1,
      promptsToday: 1,
      disabledAt: null,
      lastSeenAt: expect.any(String),
    },
  ]);

  const change = (account: string, disabled: boolean) =>
    admin.api.ask(`/api/admin/accounts/${account}`, { method: "PATCH", body: { disabled } });
  expect((await change(bob.id, true)).status).toBe(200);
  expectProblem(await bob.api.refused("/api/conversations"), "not-signed-in", 401);
  const refused = await program.refused("/api/conversations", byKey);
  expectProblem(refused, "not-signed-in", 401);
  expect(refused.body.detail).toContain("disabled");
  const signIn = await enter(server.url, "sign-in", bob);
  expect(signIn.status).toBe(403);
  expect(await signIn.json()).toMatchObject({
    code: "not-allowed",
    detail: "This account is disabled. Ask the admin of this instance.",
  });
  expectProblem(
    await admin.api.refused(`/api/admin/accounts/${admin.id}`, {
      method: "PATCH",
      body: { disabled: true },
    }),
    "not-allowed",
    403,
  );
  expect((await change(bob.id, false)).status).toBe(200);
  expect((await program.ask("/api/conversations", byKey)).status).toBe(200);
  expect((await enter(server.url, "sign-in", bob)).status).toBe(200);
});

test("the admin's page does what the admin may", async ({ server, device, admin, signUp }) => {
  const bea = await signUp("Bea");
  const { page } = await (await device({ of: admin.api })).tab();
  await page.goto(server.url);
  await page.getByRole("button", { name: "Account: Ada" }).click();
  await page.getByRole("menuitem", { name: "Admin" }).click();
  await expect(page.getByRole("heading", { name: "Accounts" })).toBeVisible();
  await expect(page.getByText("Empty: as the settings say, 500.")).toBeVisible();

  await page.getByLabel("Prompts a day, each account").fill("1");
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  const { id } = await bea.api.create();
  await bea.api.send(id, "count to 1, 0 ms apart");
  const more = { body: { id: "0198c0de-0000-7000-8000-000000000009", text: "more" } };
  const refused = await bea.api.refused(`/api/conversations/${id}/messages`, more);
  expectProblem(refused, "rate-limited", 429);
  expect(refused.body.detail).toContain("1 prompt a day");

  await page.getByRole("searchbox", { name: "Search" }).fill("bea");
  await expect(page.getByRole("list", { name: "Accounts" }).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Disable Bea" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("button", { name: "Enable Bea" })).toBeVisible();
  expectProblem(await bea.api.refused("/api/conversations"), "not-signed-in", 401);

  await page.getByRole("button", { name: "Close sign-up" }).click();
  await expect(page.getByText("New accounts are not taken.")).toBeVisible();
  const late = await enter(server.url, "sign-up", { name: "Late", email: "late@example.com" });
  expect(late.status).toBe(403);
  await page.reload();
  await expect(page.getByRole("button", { name: "Open sign-up" })).toBeVisible();
  await expect(page.getByLabel("Prompts a day, each account")).toHaveValue("1");
  await page.getByRole("button", { name: "Open sign-up" }).click();
  await expect(page.getByText("may create an account.")).toBeVisible();
  await signUp("Late");
});

test("for everybody else there is no such page, and no way to it", async ({ server, device }) => {
  const { page } = await (await device({ expects: /status of 404/ })).tab();
  const response = await page.goto(`${server.url}/admin`);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await page.goto(server.url);
  await page.getByRole("button", { name: "Account: Guest" }).click();
  await expect(page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Admin" })).toHaveCount(0);
});
