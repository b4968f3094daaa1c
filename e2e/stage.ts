import { expect } from "@playwright/test";
import type { Device, Tab } from "./devices.ts";
import { signedIn } from "./door.ts";
import type { Prepared } from "./prepared.ts";

export type Stage = { tab: Tab; device: Device; prepared: Prepared };

/** Something that the pages can show, and how to get there. */
export type State = {
  name: string;
  /** Who looks: absent, the one for whom all is prepared. */
  as?: "nobody" | "elsewhere";
  /** Where it is; absent, on both. */
  only?: "phone" | "desk";
  /** Errors that the way there brings about on purpose. */
  expects?: RegExp;
  reach(stage: Stage): Promise<unknown>;
};

export const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
export const DESK = { viewport: { width: 1440, height: 900 } };

/** The cookie of whoever looks at a state. */
export async function cookieFor({ as }: State, { url, api, person }: Prepared): Promise<string> {
  if (as === "nobody") return "";
  return (as === "elsewhere" ? await signedIn(url, person) : api).cookie ?? "";
}

/** Goes to an address, and waits until the page's script listens. */
export async function visit({ tab }: Stage, path: string): Promise<void> {
  await tab.visit(path);
  // The last thing that the frame of all pages does when it is alive.
  await tab.page.waitForFunction(() => "__webpack_nonce__" in window);
}

/** Opens one of the conversations that are prepared. */
export async function open(stage: Stage, kind: keyof Prepared["conversations"]): Promise<void> {
  await visit(stage, `/conversations/${stage.prepared.conversations[kind]}`);
  await expect(stage.tab.answers.last()).toBeVisible();
}

export const button = ({ tab: { page } }: Stage, name: string | RegExp) =>
  page.getByRole("button", { name }).first();

/** Whether there is as little room as on a phone. */
export const isNarrow = ({ tab: { page } }: Stage): boolean =>
  (page.viewportSize()?.width ?? 0) <= PHONE.viewport.width;

export const heading = ({ tab: { page } }: Stage, name: string) =>
  expect(page.getByRole("heading", { name })).toBeVisible();

export const menu = ({ tab: { page } }: Stage) => expect(page.getByRole("menu")).toBeVisible();

/** As a thumb does it, and a mouse. */
export async function send(stage: Stage, text: string): Promise<void> {
  await stage.tab.composer.fill(text);
  await button(stage, "Send").click();
}
