import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { chromiumFlags } from "./chromium-flags.ts";
import { findChromium } from "./find-chromium.ts";
import { ROOT } from "./settings.ts";

/** `mark`: how much of the width the mark has. `corner`: how round the ground is, of its width. */
type Icon = { file: string; size: number; mark: number; corner: number };

// Systems cut a maskable icon to shapes of their own; what lies in its inner 80 % stays.
const icons: Icon[] = [
  ...[192, 512].flatMap((size) => [
    { file: `public/icon-any-${size}.png`, size, mark: 0.68, corner: 0.22 },
    { file: `public/icon-maskable-${size}.png`, size, mark: 0.56, corner: 0 },
  ]),
  { file: "app/apple-icon.png", size: 180, mark: 0.62, corner: 0 },
];

const PAPER = "#fcfbf9";
const mark = readFileSync(join(ROOT, "app/icon.svg"), "utf8");

// Draws the icons anew, from `app/icon.svg`. They are kept with the sources: whoever starts Rejoin needs no browser.
const browser = await chromium.launch({ executablePath: findChromium(console.info), args: chromiumFlags() });
for (const { file, size, mark: width, corner } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size }, colorScheme: "light" });
  await page.setContent(`<style>
    html, body { margin: 0; background: transparent }
    body { display: grid; place-items: center; height: 100vh; background: ${PAPER}; border-radius: ${corner * size}px }
    svg { width: ${width * size}px }
  </style>${mark}`);
  writeFileSync(join(ROOT, file), await page.screenshot({ omitBackground: true }));
  console.info(file);
  await page.close();
}
await browser.close();
process.exit();
