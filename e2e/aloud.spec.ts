import { expect, type Page } from "@playwright/test";
import { test } from "./browser-fixtures.ts";

test("who listens hears that an answer is made, and then the answer, once; the focus stays where it is", async ({
  tab,
}) => {
  const heard = await listen(tab.page);
  await tab.open();
  await tab.send("count to 40, 5 ms apart");
  const forty = Array.from({ length: 40 }, (_, index) => index + 1).join(" ");
  await expect.poll(() => heard).toEqual(["Answering.", forty]);
  await expect(tab.composer).toBeFocused();

  await tab.send("stall after 3, 0 ms apart");
  await tab.reads(3);
  await tab.send("fail after 2");
  await expect.poll(() => heard.slice(2)).toEqual(["Answering.", "Your message waits for its turn."]);
  await tab.page.keyboard.press("Escape");
  await expect
    .poll(() => heard.slice(4))
    .toEqual([
      "The answer was stopped.",
      "Answering.",
      "The answer failed. The demo model failed after 2, as the prompt told it to.",
    ]);
  await expect(tab.composer).toBeFocused();

  // What was there before is not news.
  heard.length = 0;
  await tab.reload();
  await tab.send("what can you do?");
  await expect
    .poll(() => heard[1] ?? "")
    .toMatch(/^This is Rejoin's demo model\. .* OPENAI_API_KEY,.* falls silent$/);
  expect(heard[0]).toBe("Answering.");
});

/** All that is added to the live region of a conversation, as a screen reader would say it. */
async function listen(page: Page): Promise<string[]> {
  const heard: string[] = [];
  await page.exposeFunction("tellHeard", (words: string) => heard.push(words));
  await page.addInitScript(() => {
    const { tellHeard } = window as unknown as { tellHeard(words: string): void };
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        if (!(target instanceof Element) || !target.closest(".sr-only[aria-live=polite]")) continue;
        for (const { textContent } of addedNodes) tellHeard(textContent ?? "");
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return heard;
}
