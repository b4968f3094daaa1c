import { expect } from "@playwright/test";
import { test as base } from "./browser-fixtures.ts";
import { watchForHarm } from "./harm.ts";
import { type Parrot, startParrot, taughtBy } from "./parrot.ts";

const test = base.extend<object, { parrot: Parrot }>({
  parrot: [
    async ({ browserName: _ }, use) => {
      const parrot = await startParrot();
      await use(parrot);
      await parrot.stop();
    },
    { scope: "worker" },
  ],
  serverEnv: [({ parrot }, use) => use(taughtBy(parrot)), { scope: "worker" }],
});

const ANSWER = `
First of all, the costs: $5 and $6, as told[^costs], and again[^costs] with more[^more].

| name | price |
| --- | ---: |
| one | $5 |

- [x] done
- [ ] to do

So \\(a^2 + b^2 = c^2\\), which is $\\sqrt{a^2 + b^2}$, or

$$
c = \\frac{\\sum_{i=1}^n x_i}{n}
$$

\`\`\`python
def answer(text):
    return len(text)
\`\`\`

\`\`\`mermaid
flowchart LR
  accTitle: How it goes
  A[Ask] --> B{Known?}
  B -->|yes| C[Answer]
\`\`\`

\`\`\`mermaid
no diagram at all
\`\`\`

[^costs]: They are **those** of today.
[^more]: And more.

The end.`.trim();

/** What stands on the page for no moment, because it means something else. */
const RAW = /```|\$\$|\| ?-|\[\^|\[[x ]\]|\\frac|\\\(|\*\*|\]\(/;

test("all that markdown has is set as it is written, works when it is whole, and is copied as it was", async ({
  device,
  server,
}) => {
  const laptop = await device({
    permissions: ["clipboard-read", "clipboard-write"],
    viewport: { width: 1280, height: 1600 },
    reducedMotion: "reduce",
  });
  const tab = await laptop.tab();
  const { page } = tab;
  const harm = await watchForHarm(page, server.url);
  await page.addInitScript(watchWords, RAW.source);
  await tab.open();
  await tab.send(ANSWER);
  const answer = tab.answers.last().locator(":scope > div > .answer");
  await expect(answer.getByText("The end.")).toBeVisible();
  await expect(tab.stop).toBeHidden();
  const button = (name: string) => answer.getByRole("button", { name, exact: true });

  for (const look of ["as it was written", "as it is loaded"]) {
    await test.step(look, async () => {
      await expect(answer.locator(".formula .katex")).toHaveCount(3);
      await expect(answer).toContainText("$5 and $6");
      await expect(answer.getByRole("cell", { name: "$5" })).toBeVisible();
      await expect(answer.getByRole("checkbox")).toHaveCount(2);
      await expect(answer.getByRole("img", { name: "Diagram: How it goes" })).toBeVisible();
      await expect(answer.getByText("no diagram at all")).toBeVisible();
      await expect(answer.locator("pre span[style]").first()).toBeVisible();
      await expect(answer.getByRole("region", { name: "Notes" }).getByRole("listitem")).toHaveText([
        /^They are those of today\./,
        /^And more\./,
      ]);
      const ids = await page.locator("article [id]").evaluateAll((all) => all.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      await harm.expectNone();
    });
    if (look === "as it was written") {
      expect(await page.evaluate(() => (window as unknown as { raw: string[] }).raw)).toEqual([]);
      await tab.reload();
    }
  }

  await test.step("notes lead there and back", async () => {
    await answer.getByRole("link", { name: "Note 2", exact: true }).click();
    await expect(answer.getByRole("listitem").filter({ hasText: "And more." })).toBeInViewport();
    await expect(page.locator("li:target")).toContainText("And more.");
    await answer.getByRole("link", { name: "Back to where note 1 belongs" }).click();
    await expect(page.locator("sup a:target")).toHaveText("1");
  });

  await test.step("code is wrapped, kept as a file, and shown in place of a diagram", async () => {
    const wrap = button("Wrap long lines").first();
    await wrap.click();
    await expect(answer.locator("pre").first()).toHaveCSS("white-space", "pre-wrap");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      button("Download code").first().click(),
    ]);
    expect(file.suggestedFilename()).toBe("code.py");
    await button("Show the code").click();
    await expect(answer.getByText("flowchart LR")).toBeVisible();
    await button("Show the diagram").click();
    const light = await answer.locator(".diagram img").getAttribute("src");
    await page.getByRole("radio", { name: "Dark" }).click();
    await expect(answer.locator(".diagram img")).not.toHaveAttribute("src", light ?? "");
  });

  await tab.answers.last().hover();
  await tab.answers.last().getByRole("button", { name: "Copy answer" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(ANSWER);
  await harm.expectNone();
});

// Runs in the page. Where code, formulas and their sources stand, signs mean themselves.
function watchWords(pattern: string): void {
  const raw: string[] = [];
  Object.assign(window, { raw });
  const look = () => {
    for (const answer of document.querySelectorAll('[aria-label="Answer"] > div > .answer')) {
      const copy = answer.cloneNode(true) as Element;
      for (const own of copy.querySelectorAll("pre, code, .formula")) own.remove();
      const found = new RegExp(pattern).exec(copy.textContent ?? "");
      if (found) raw.push((copy.textContent ?? "").slice(-80));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}
