import { expect } from "@playwright/test";
import { HELD_MODEL, heldBy } from "./provider.ts";
import { test as base } from "./provider-fixtures.ts";

const test = base.extend({
  serverEnv: [
    ({ provider }, use) => use({ ...heldBy(provider), TITLE_MODEL: HELD_MODEL, FOLLOW_UPS: "on" }),
    { scope: "worker" },
  ],
});

test("after its first answer a model names the conversation, and what it suggests is asked by a click", async ({
  device,
  provider,
}) => {
  const [a, b] = [await (await device()).tab(), await (await device()).tab()];
  for (const tab of [a, b]) await tab.open();
  await a.send("Where do herons sleep?");
  const answer = await provider.called();
  answer.say("In trees.");
  answer.end();
  await a.reads("trees");
  const aside = await provider.called();
  // The answer has ended, whatever comes of this.
  await expect(a.stop).toBeHidden();
  await expect(a.row("Where do herons sleep?")).toBeVisible();
  await a.page.setViewportSize({ width: 1280, height: 400 });
  aside.say("Title: Herons at night\nAsk: In which trees?\nAsk: Do they sleep standing?\nAsk: <b>Why?</b>");
  aside.end();
  for (const tab of [a, b]) await expect(tab.row("Herons at night")).toBeVisible();
  await expect(a.page.getByRole("heading", { name: "Herons at night" })).toBeVisible();
  const suggested = a.page.getByRole("list", { name: "Follow-up questions" }).getByRole("button");
  await expect(suggested.last(), "whoever is at the end sees what comes after it").toBeInViewport();
  await expect(suggested).toHaveText(["In which trees?", "Do they sleep standing?", "<b>Why?</b>"]);
  await a.reload();
  await suggested.getByText("Do they sleep standing?").click();
  await expect(a.prompts.last()).toContainText("Do they sleep standing?");
  await expect(suggested).toHaveCount(0);
  const next = await provider.called();
  next.say("On one leg.");
  next.end();
  await a.reads("leg");
  // It has its name. Only what could be asked next is asked for, and a failure is nobody's business.
  const last = await provider.called();
  last.end();
  await b.row("Herons at night").getByRole("link").click();
  await b.reads("leg");
  await expect(b.page.getByRole("heading", { name: "Herons at night" })).toBeVisible();
});
