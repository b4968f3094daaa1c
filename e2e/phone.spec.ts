import { type CDPSession, expect, type Page } from "@playwright/test";
import { test } from "./browser-fixtures.ts";
import { PREPARED_ENV, prepare } from "./prepared.ts";
import { PHONE } from "./stage.ts";

type Point = [x: number, y: number];

test.use({ serverEnv: PREPARED_ENV });

test("the sidebar comes and goes under a finger, and leaves alone what scrolls sideways itself", async ({
  device,
  api,
}) => {
  const { id } = await api.create({ title: "By a finger" });
  await api.answered(id, "what can you do?");
  await api.answered(id, "count to 200, 0 ms apart");
  const phone = await device({ ...PHONE, viewport: { width: 320, height: 700 } });
  const tab = await phone.tab();
  const { page } = tab;
  await tab.visit(`/conversations/${id}`);
  await page.waitForFunction(() => "__webpack_nonce__" in window);
  const touch = await page.context().newCDPSession(page);
  const drawer = page.getByRole("dialog", { name: "Conversations" });
  const left = async () => (await drawer.boundingBox())?.x ?? Number.NaN;

  await drag(touch, [8, 200], [60, 204], [110, 206]);
  await expect(drawer).toBeAttached();
  expect(await left()).toBeLessThan(-50);
  await drag(touch, [230, 210]);
  await expect.poll(left).toBeGreaterThan(-60);
  await letGo(touch);
  await expect.poll(left).toBe(0);

  await drag(touch, [250, 300], [200, 302], [60, 304]);
  expect(await left()).toBeLessThan(-100);
  await letGo(touch);
  await expect(drawer).toBeHidden();

  // Not far, and slowly: it was not meant.
  await drag(touch, [8, 200], [40, 200], [80, 200]);
  for (const y of [201, 202, 201, 202, 201, 202]) await drag(touch, [80, y]);
  await letGo(touch);
  await expect(drawer).toBeHidden();

  const code = tab.answers.locator("pre");
  await code.scrollIntoViewIfNeeded();
  const box = await code.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 10];
  expect(x).toBeLessThan(56);
  await drag(touch, [x, y], [x + 60, y], [x + 200, y]);
  await letGo(touch);
  await expect(drawer).toBeHidden();
});

test("at 320 pixels, and with letters of twice their size, nothing is wider than the page and all can be reached", async ({
  device,
  server,
}) => {
  const { api, conversations } = await prepare(server.url);
  // What is left of 1280 by 1024 at 400 %.
  const small = await device({ of: api, viewport: { width: 320, height: 256 } });
  const tab = await small.tab();
  for (const path of ["/", `/conversations/${conversations.rich}`, "/settings"]) {
    await tab.visit(path);
    expect(await tooWide(tab.page), path).toEqual([]);
  }
  await tab.page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["/", `/conversations/${conversations.thoughtful}`, "/settings"]) {
    await tab.visit(path);
    await tab.page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    expect(await tooWide(tab.page), path).toEqual([]);
    if (path === "/settings") continue;
    await tab.composer.scrollIntoViewIfNeeded();
    await expect(tab.composer).toBeInViewport();
  }
});

test("where there is little room, the way to another device is in a menu, and its code is shown", async ({
  device,
  api,
}) => {
  const { id } = await api.create();
  await api.answered(id, "count to 3");
  const tab = await (await device(PHONE)).tab();
  await tab.visit(`/conversations/${id}`);
  await tab.page.waitForFunction(() => "__webpack_nonce__" in window);
  await expect(tab.page.getByRole("button", { name: "Continue on another device" })).toBeHidden();
  await tab.page.getByRole("button", { name: "Share or export" }).tap();
  await tab.page.getByRole("menuitem", { name: "Continue on another device" }).tap();
  const dialog = tab.page.getByRole("dialog", { name: "Continue on another device" });
  await expect(dialog.getByRole("img", { name: "The link as a code for a camera" })).toBeVisible();
  await tab.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

/** What scrolls sideways and is no code or table. */
const tooWide = (page: Page) =>
  page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll("main, .overflow-y-auto")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  );

let isDown = false;

async function drag(touch: CDPSession, ...points: Point[]): Promise<void> {
  for (const [x, y] of points) {
    const type = isDown ? "touchMove" : "touchStart";
    isDown = true;
    await touch.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x, y }] });
  }
}

async function letGo(touch: CDPSession): Promise<void> {
  isDown = false;
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}
