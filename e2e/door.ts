import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { createApi } from "./api.ts";

export type Person = { name: string; email: string; password: string };

/** Somebody who has no account yet. */
export const somebody = (name = "Ada"): Person => ({
  name,
  email: `${randomUUID()}@example.test`,
  password: `long enough ${randomUUID()}`,
});

/** Fills in the form that is open, and comes in. */
export async function signUp(page: Page, { name, email, password }: Person): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Create an account" })).toBeHidden();
}

export async function signIn(page: Page, { email, password }: Omit<Person, "name">): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** What the account's menu offers. */
export async function chooseInAccountMenu(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: /^Account: / }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Someone with an account, as a program speaks for them by the cookie of a device. */
export async function signedUp(url: string, person: Person) {
  return withCookieOf(url, "/api/auth/sign-up/email", person);
}

/** The same, on another device. */
export async function signedIn(url: string, { email, password }: Omit<Person, "name">) {
  return withCookieOf(url, "/api/auth/sign-in/email", { email, password });
}

/** An address of its own: passwords are counted by where they come from. */
export const fromElsewhere = () => ({ "x-forwarded-for": `10.${byte()}.${byte()}.${byte()}` });

const byte = () => Math.floor(Math.random() * 256);

async function withCookieOf(url: string, path: string, body: object) {
  const headers = fromElsewhere();
  const response = await createApi({ url }).fetch(path, { method: "POST", body, headers });
  if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((set) => set.split(";")[0]);
  return createApi({ url, cookie: cookie.join("; ") });
}
