import { expect } from "@playwright/test";
import { test } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";
import { countTo, expectStored } from "./stored.ts";

test("a page of five thousand words takes what is typed while more come", async ({ tab, api }) => {
  const { id } = await api.create();
  await api.answered(id, "count to 5000, 0 ms apart");
  await tab.open(id);
  // Longer than any machine takes to type.
  await tab.send("count to 20000, 5 ms apart");
  await tab.reads(200);
  await tab.composer.pressSequentially("a thought of my own");
  await expect(tab.answers.getByText("Answering on the server.")).toBeVisible();
  await tab.page.keyboard.press("Escape");
  await expectStored(api, tab);
  await expect(tab.composer).toHaveValue("a thought of my own");
});

test("five thousand words: the page stays with their end until its reader goes up, and then where they are", async ({
  tab,
  api,
}) => {
  const jump = tab.page.getByRole("button", { name: "Jump to the end" });
  await tab.open();
  await tab.send("count to 5000, 1 ms apart");
  for (const word of [1000, 1500, 2000]) {
    await tab.reads(word);
    await expect.poll(() => pixelsToEnd(tab)).toBeLessThan(2);
  }
  await expect(jump).toBeHidden();
  await tab.answers.hover();
  await tab.page.mouse.wheel(0, -300);
  await expect(jump).toBeVisible();
  const top = await pixelsAbove(tab);
  await tab.reads(5000);
  expect(await pixelsAbove(tab)).toBe(top);
  await jump.click();
  await expect(jump).toBeHidden();
  await expect.poll(() => pixelsToEnd(tab)).toBeLessThan(2);
  await expectStored(api, tab, ["You: count to 5000, 1 ms apart", `Answer: ${countTo(5000)}`]);
});

test("what gets shorter above its reader is not taken for the reader going up", async ({ tab }) => {
  await tab.open();
  await tab.send("count to 2000, 0 ms apart");
  await tab.reads(2000);
  await expect.poll(() => pixelsToEnd(tab)).toBeLessThan(2);
  const above = await tab.scroller.evaluateHandle(putAbove);
  await expect.poll(() => pixelsToEnd(tab)).toBeLessThan(2);
  await above.evaluate(shorten);
  await expect.poll(() => pixelsToEnd(tab)).toBeLessThan(2);
  await tab.send("count to 500, 0 ms apart");
  await tab.reads(500);
  await expect.poll(() => pixelsToEnd(tab)).toBeLessThan(2);
});

const pixelsAbove = ({ scroller }: Tab) => scroller.evaluate(({ scrollTop }) => scrollTop);

const pixelsToEnd = ({ scroller }: Tab) =>
  scroller.evaluate(({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop);

// Runs in the page.
function putAbove(scroller: Element): HTMLElement {
  const above = document.createElement("div");
  above.style.height = "600px";
  scroller.firstElementChild?.prepend(above);
  return above;
}

/**
 * Runs in the page. What is shorter is moved by the browser, and by the time it says so the page is longer than before: it looks
 * as if somebody had gone up.
 */
function shorten(above: HTMLElement): void {
  above.style.height = "200px";
  above.getBoundingClientRect();
  const below = document.createElement("div");
  below.style.height = "500px";
  above.parentElement?.append(below);
}
