import { expect } from "@playwright/test";
import { test } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";
import { countTo, expectStored } from "./stored.ts";

const PROMPT = "count to 5000, 1 ms apart";

test("a page that shows five thousand words as they come still takes what is typed", async ({ tab, api }) => {
  const prompt = "count to 5000, 5 ms apart";
  await tab.open();
  await tab.send(prompt);
  await tab.reads(500);
  await tab.composer.pressSequentially("a thought of my own");
  await expect(tab.answers.getByText("Answering on the server.")).toBeVisible();
  await tab.reads(5000);
  await expectStored(api, tab, [`You: ${prompt}`, `Answer: ${countTo(5000)}`]);
  await expect(tab.composer).toHaveValue("a thought of my own");
});

test("the page stays with the end until its reader goes up, and then where they are", async ({
  tab,
  api,
}) => {
  const jump = tab.page.getByRole("button", { name: "Jump to the end" });
  await tab.open();
  await tab.send(PROMPT);
  for (const word of [1000, 1500, 2000]) {
    await tab.reads(word);
    await expect.poll(() => pixelsToEnd(tab)).toBeLessThan(2);
  }
  await expect(jump).toBeHidden();
  await tab.answers.hover();
  await tab.page.mouse.wheel(0, -300);
  await expect(jump).toBeVisible();
  const top = await pixelsAbove(tab);
  await tab.reads(4000);
  expect(await pixelsAbove(tab)).toBe(top);
  await jump.click();
  await expect(jump).toBeHidden();
  await expectStored(api, tab);
  await expect.poll(() => pixelsToEnd(tab)).toBeLessThan(2);
});

const pixelsAbove = ({ scroller }: Tab) => scroller.evaluate(({ scrollTop }) => scrollTop);

const pixelsToEnd = ({ scroller }: Tab) =>
  scroller.evaluate(({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop);
