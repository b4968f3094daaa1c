import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { openDevice } from "#e2e/devices";
import { PREPARED_ENV, type Prepared, prepare } from "#e2e/prepared";
import { startServer } from "#e2e/servers";
import { cookieFor, DESK, PHONE, type State } from "#e2e/stage";
import { states } from "#e2e/states";
import { chromiumFlags } from "./chromium-flags.ts";
import { findChromium } from "./find-chromium.ts";
import { ROOT } from "./settings.ts";

const FOLDER = join(ROOT, "shots");
const SCREENS = { phone: PHONE, desk: DESK };
const THEMES = ["light", "dark"] as const;

type Screen = keyof typeof SCREENS;

// Pictures of all that the pages can show, on a phone and on a desk, light and dark. Named states are taken alone.
const wanted = process.argv.slice(2);
const chosen = states.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const server = await startServer({ env: PREPARED_ENV });
const browser = await chromium.launch({ executablePath: findChromium(console.info), args: chromiumFlags() });
const failures: string[] = [];
try {
  const prepared = await prepare(server.url);
  for (const state of chosen) {
    for (const screen of ["phone", "desk"] as const) {
      if (state.only && state.only !== screen) continue;
      await take(browser, prepared, state, screen).catch((error) => failures.push(`${state.name}: ${error}`));
    }
    console.info(state.name);
  }
} finally {
  await browser.close();
  await server.stop();
}
writeFileSync(join(FOLDER, "index.html"), contactSheet());
console.info(`\nPictures of ${chosen.length} states: ${join(FOLDER, "index.html")}`);
for (const failure of failures) console.error(failure);
process.exit(failures.length > 0 ? 1 : 0);

async function take(browser: Browser, prepared: Prepared, state: State, screen: Screen): Promise<void> {
  const cookie = await cookieFor(state, prepared);
  const device = await openDevice(browser, {
    url: prepared.url,
    cookie,
    ...SCREENS[screen],
    reducedMotion: "reduce",
    ...(state.expects && { expects: state.expects }),
  });
  try {
    const tab = await device.tab();
    await state.reach({ tab, device, prepared });
    for (const theme of THEMES) {
      await tab.page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      await tab.page.screenshot({ path: join(FOLDER, fileOf(state, screen, theme)), animations: "disabled" });
    }
    if (device.complaints.length > 0) throw new Error(device.complaints.join("\n"));
  } finally {
    await device.leave();
  }
}

function fileOf({ name }: State, screen: Screen, theme: string): string {
  return `${name.replaceAll(/[^a-z]+/g, "-")}.${screen}.${theme}.png`;
}

function contactSheet(): string {
  const pictures = chosen.map((state) => {
    const screens = (["phone", "desk"] as const).filter((screen) => !state.only || state.only === screen);
    const images = screens.flatMap((screen) =>
      THEMES.map(
        (theme) => `<img loading="lazy" class="${screen}" src="${fileOf(state, screen, theme)}" alt="">`,
      ),
    );
    return `<h2>${state.name}</h2><div>${images.join("")}</div>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Rejoin, in pictures</title>
<style>
  body { margin: 2rem; background: #777; color: #fff; font: 1rem system-ui }
  div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start }
  img { border-radius: 8px } .phone { width: 220px } .desk { width: 620px }
</style>
${pictures.join("\n")}
`;
}
