import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import type { Context } from "#bench/bench";
import { chromiumFlags } from "#scripts/chromium-flags";
import { findChromium } from "#scripts/find-chromium";
import { noteInPage } from "./notes.ts";

/** What somebody looks at the page with. */
export type DeviceKind = {
  name: string;
  /** How many times slower than this machine it computes. */
  slowdown: number;
  network?: { latency: number; downloadThroughput: number; uploadThroughput: number };
};

const BITS = 8;
const MBIT = 1_000_000 / BITS;

export const DESK: DeviceKind = { name: "desk", slowdown: 1 };
/** As Lighthouse has it: a middling phone on a slow mobile network. */
export const PHONE: DeviceKind = {
  name: "phone",
  slowdown: 4,
  network: { latency: 150, downloadThroughput: 1.6 * MBIT, uploadThroughput: 0.75 * MBIT },
};

/** A page that nothing was ever loaded into, and the wire to what the browser knows of it. */
export type Fresh = { page: Page; wire: CDPSession; leave(): Promise<void> };

export async function startBrowser(context: Context): Promise<Browser> {
  const executablePath = findChromium(context.say);
  const browser = await chromium.launch({ executablePath, args: chromiumFlags() });
  context.endWith(() => browser.close());
  context.uses("Chromium", browser.version());
  return browser;
}

/** Takes out a device of an account, with empty caches. */
export async function freshPage(
  browser: Browser,
  { kind, url, cookie }: { kind: DeviceKind; url: string; cookie: string },
): Promise<Fresh> {
  const context = await browser.newContext();
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url }]);
  await context.addInitScript(noteInPage);
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Performance.enable");
  await wire.send("Emulation.setCPUThrottlingRate", { rate: kind.slowdown });
  if (kind.network) await wire.send("Network.emulateNetworkConditions", { offline: false, ...kind.network });
  return { page, wire, leave: () => context.close() };
}

/** The page takes the focus to the composer as soon as its script listens to keys. */
export async function becomesReady(page: Page): Promise<void> {
  await page.locator("textarea:focus").waitFor();
}
