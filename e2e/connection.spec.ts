import { expect } from "@playwright/test";
import { signUp } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import { doctor, type Examined, linesOf } from "./doctor.ts";
import { startMeddler } from "./meddler.ts";
import { startProxy } from "./proxy.ts";

const NAMES = [
  "First byte",
  "Word by word",
  "No compression",
  "Silence",
  "Rejoin",
  "HTTP",
  "Wake-ups",
  "Clocks",
];

test("the doctor and the page find all well where it is, and name what is wrong behind each proxy that fails", async ({
  server: { url },
  tab,
}) => {
  const [holding, tired] = await Promise.all([startProxy(url), startProxy(url)]);
  holding.hold();
  tired.cutIdle(3_000);
  const [compressing, forgetful] = await Promise.all([
    startMeddler(url, { compresses: true }),
    startMeddler(url, { forgets: "last-event-id" }),
  ]);
  const { body } = await (await signUp(url)).ask<{ key: string }>("/api/api-keys", {
    body: { name: "Doctor" },
  });
  // All of them wait for a sign of life at once.
  const [plain, held, cut, compressed, forgotten, nobody] = await Promise.all([
    doctor(url),
    doctor(holding.url),
    doctor(tired.url),
    doctor(compressing.url, { REJOIN_KEY: body.key }),
    doctor(forgetful.url),
    doctor("http://localhost:9"),
    checkOnPage(),
  ]);
  expect(plain).toEqual({
    code: 0,
    lines: NAMES.map((name) => [name === "HTTP" ? "·" : "✓", name]),
    text: expect.stringContaining("All is well."),
  });
  expect(plain.text).toContain("nothing missing and nothing twice");

  expect(wrong(held)).toEqual(["First byte", "Word by word", "Silence", "Rejoin"]);
  expect(held.text).toContain("proxy_buffering off;");
  expect(wrong(cut)).toEqual(["Silence"]);
  expect(cut.text).toMatch(/A silent line was cut after \d\.\d s\. .*\n +nginx: proxy_read_timeout 60s;/);
  expect(wrong(compressed)).toEqual(["No compression"]);
  expect(compressed.text).toContain("Lines are compressed on the way (gzip)");
  expect(compressed.text).toContain("gzip_types");
  expect(wrong(forgotten)).toEqual(["Rejoin"]);
  expect(forgotten.text).toMatch(/0 were missing and \d+ came twice/);
  expect(nobody).toMatchObject({ code: 1, text: expect.stringContaining("Nothing could be checked") });

  await Promise.all([holding, tired, compressing, forgetful].map((proxy) => proxy.stop()));

  async function checkOnPage() {
    await tab.visit("/settings");
    const { page } = tab;
    await page.getByRole("link", { name: "Check the connection" }).click();
    await page.getByRole("button", { name: "Start the check" }).click();
    await expect(page.getByText(/^Checking: \d of 8$/)).toBeVisible();
    await expect(page.getByText("All is well.")).toBeVisible({ timeout: 40_000 });
    const region = page.getByRole("region", { name: "What gets through" });
    await expect(region.getByRole("img", { name: "Well" })).toHaveCount(NAMES.length - 1);
    await expect(region.getByText("HTTP/1.1: a browser has six connections")).toBeVisible();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await region.getByRole("button", { name: "Copy as text" }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(linesOf(copied).map(([, name]) => name)).toEqual(NAMES);
    // Again, and away from the page: nothing of it is left running.
    await page.getByRole("button", { name: "Check again" }).click();
    await expect(page.getByText(/^Checking: \d of 8$/)).toBeVisible();
    await page.getByRole("link", { name: "New conversation" }).click();
    await expect(tab.composer).toBeFocused();
  }
});

const wrong = ({ code, lines }: Examined) => {
  expect(code).toBe(1);
  return lines.filter(([mark]) => mark === "✗").map(([, name]) => name);
};
