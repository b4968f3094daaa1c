import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { comeIn } from "./api.ts";

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
export const signedUp = (url: string, person: Person) => comeIn({ url }, "/api/auth/sign-up/email", person);

/** The same, on another device. */
export const signedIn = (url: string, { email, password }: Omit<Person, "name">) =>
  comeIn({ url }, "/api/auth/sign-in/email", { email, password });
