import { expect, type Page } from "@playwright/test";
import { createApi } from "./api.ts";
import { test } from "./browser-fixtures.ts";

const NO_PAGE = /^default-src 'none'; base-uri 'none'/;
const PNG = "89504e470d0a1a0a";

type Manifest = {
  icons: { src: string; sizes: string; purpose: string }[];
  shortcuts: { url: string }[];
  [field: string]: unknown;
};

test("Rejoin can be put beside other programs: its manifest is whole, and nobody becomes a guest by it", async ({
  tab,
  server,
}) => {
  await tab.open();
  const session = await tab.page.context().newCDPSession(tab.page);
  const { url, errors, data = "" } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(new URL(url).pathname).toBe("/manifest.webmanifest");
  const manifest = JSON.parse(data) as Manifest;
  expect(manifest).toMatchObject({
    name: "Rejoin",
    short_name: "Rejoin",
    start_url: "/",
    scope: "/",
    display: "standalone",
  });
  const icons = manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`);
  expect(icons).toEqual(["192x192 any", "512x512 any", "192x192 maskable", "512x512 maskable"]);
  const touchIcon = await tab.page.locator('link[rel="apple-touch-icon"]').getAttribute("href");

  const nobody = createApi(server);
  const files = [
    "/manifest.webmanifest",
    "/icon.svg",
    touchIcon ?? "",
    ...manifest.icons.map(({ src }) => src),
  ];
  for (const path of files) {
    const response = await nobody.fetch(path);
    expect(response.status, path).toBe(200);
    expect(response.headers.getSetCookie(), path).toEqual([]);
    expect(response.headers.get("content-security-policy"), path).toMatch(NO_PAGE);
    const bytes = Buffer.from(await response.arrayBuffer());
    if (!path.includes(".png")) continue;
    expect(bytes.subarray(0, 8).toString("hex"), path).toBe(PNG);
    const size = manifest.icons.find(({ src }) => src === path)?.sizes ?? "180x180";
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, path).toBe(size);
  }
  for (const { url: path } of manifest.shortcuts) {
    await tab.visit(path);
    await expect(tab.composer).toBeFocused();
  }
});

test("the frame around the page has the colour of the look that is chosen, else of the system's", async ({
  device,
}) => {
  const tab = await (await device({ colorScheme: "light" })).tab();
  await tab.open();
  expect(await frameColor(tab.page)).toBe("#fcfbf9");
  await tab.page.getByRole("radio", { name: "Dark" }).click();
  await expect.poll(() => frameColor(tab.page)).toBe("#161412");
  await tab.reload();
  expect(await frameColor(tab.page)).toBe("#161412");
  await tab.page.getByRole("radio", { name: "As the system" }).click();
  await expect.poll(() => frameColor(tab.page)).toBe("#fcfbf9");
});

/** Of the first that holds, as browsers choose. */
const frameColor = (page: Page) =>
  page.evaluate(() => {
    const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
    return metas.find(({ media }) => media === "" || matchMedia(media).matches)?.content.toLowerCase();
  });
