import { expect } from "@playwright/test";
import { createApi, fromElsewhere } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import { chooseInAccountMenu, signedIn, signedUp, signIn, signUp, somebody } from "./door.ts";
import { expectProblem } from "./problems.ts";
import { expectStored } from "./stored.ts";

test("who signs up keeps what they did as a guest: conversations, an answer in flight, and words not sent yet", async ({
  tab,
  server,
}) => {
  const { page } = tab;
  await tab.open();
  await tab.send("count to 3");
  await tab.reads(3);
  const earlier = await tab.conversationId();
  await tab.open();
  await tab.send("count to 60, 50 ms apart");
  await tab.reads(5);
  const inFlight = await tab.conversationId();
  await tab.composer.fill("and then");
  const person = somebody();
  await chooseInAccountMenu(page, "Create an account");
  await signUp(page, person);
  await expect(tab.sidebar.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Account: Ada" })).toBeVisible();
  await tab.open(inFlight);
  await tab.reads(60);
  await expect(tab.composer).toHaveValue("and then");
  await tab.open(earlier);
  await tab.reads(3);
  const other = await signedIn(server.url, person);
  await expectStored(other, tab, ["You: count to 3", "Answer: 1 2 3"]);
});

test("who signs in brings their guest along to what they have", async ({ tab, server }) => {
  const person = somebody();
  const api = await signedUp(server.url, person);
  await api.create({ title: "From before" });
  await tab.open();
  await tab.send("count to 2");
  await tab.reads(2);
  await chooseInAccountMenu(tab.page, "Sign in");
  await signIn(tab.page, person);
  await expect(tab.row("From before")).toBeVisible();
  await expect(tab.row(/^count to 2$/)).toBeVisible();
});

test("who signs out is out, and comes back in by their password alone", async ({ device, server }) => {
  const person = somebody();
  const api = await signedUp(server.url, person);
  await api.create({ title: "Mine" });
  const { tab: open } = await device({ of: api, expects: /status of 401/ });
  const tab = await open();
  await tab.open();
  await chooseInAccountMenu(tab.page, "Sign out");
  await tab.page.waitForURL("**/sign-in");
  expectProblem(await api.refused("/api/conversations"), "not-signed-in", 401);
  await signIn(tab.page, { ...person, password: "something else" });
  await expect(tab.page.getByRole("alert").filter({ hasText: "Invalid email or password." })).toBeVisible();
  await signIn(tab.page, person);
  await expect(tab.row("Mine")).toBeVisible();
});

test("an address is one account's, and a password has a length", async ({ server }) => {
  const person = somebody();
  await signedUp(server.url, person);
  const nobody = createApi({ url: server.url });
  const signUpAs = (body: object) =>
    nobody.refused("/api/auth/sign-up/email", { body, headers: fromElsewhere() });
  expectProblem(await signUpAs({ ...somebody(), email: person.email }), "email-taken", 409);
  expectProblem(await signUpAs({ ...somebody(), password: "short" }), "invalid-request", 400);
  expectProblem(await signUpAs({ ...somebody(), email: "nonsense" }), "invalid-request", 400);
});

test("passwords cannot be tried without end", async ({ server }) => {
  const person = somebody();
  await signedUp(server.url, person);
  const nobody = createApi({ url: server.url });
  const headers = fromElsewhere();
  const statuses: number[] = [];
  for (let tries = 0; tries < 12; tries++) {
    const body = { email: person.email, password: `wrong ${tries}` };
    statuses.push((await nobody.ask("/api/auth/sign-in/email", { body, headers })).status);
  }
  expect(statuses).toContain(429);
});
