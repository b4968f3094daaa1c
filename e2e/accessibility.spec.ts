import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { test as base } from "./browser-fixtures.ts";
import { PREPARED_ENV, type Prepared, prepare } from "./prepared.ts";
import { cookieFor, DESK, PHONE } from "./stage.ts";
import { states } from "./states.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const COLOURS = ["color-contrast", "link-in-text-block"];

const test = base.extend<object, { prepared: Prepared }>({
  prepared: [async ({ server }, use) => use(await prepare(server.url)), { scope: "worker" }],
});

test.use({ serverEnv: PREPARED_ENV });

for (const state of states) {
  test(`no barriers: ${state.name}`, async ({ prepared, device }) => {
    const screen = state.only === "phone" ? PHONE : DESK;
    const cookie = await cookieFor(state, prepared);
    const held = await device({
      of: { ...prepared.api, cookie },
      ...screen,
      // What moves is looked at where it comes to rest.
      reducedMotion: "reduce",
      ...(state.expects && { expects: state.expects }),
    });
    const tab = await held.tab();
    await state.reach({ tab, device: held, prepared });
    await wear(tab.page, "light");
    expect(await barriers(new AxeBuilder({ page: tab.page }).withTags(TAGS))).toEqual([]);
    // The other look has other colours, and else all is the same: these are the rules that ask for colours.
    await wear(tab.page, "dark");
    expect(await barriers(new AxeBuilder({ page: tab.page }).withRules(COLOURS))).toEqual([]);
  });
}

const wear = (page: Page, theme: string) =>
  page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);

async function barriers(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ""}`),
  );
}
