import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { SearchHit } from "#lib/protocol/search";
import type { Api } from "./api.ts";
import { test } from "./browser-fixtures.ts";

test("a search over HTTP finds titles and messages, marks the words, and takes every character", async ({
  api,
  guest,
}) => {
  const { id } = await api.create({ title: "Herons" });
  const said = randomUUID();
  const { message } = await api.answered(said, "what time is it in Asia/Tokyo");
  await (await guest()).create({ title: "Herons of somebody else" });
  expect(await find(api, "her")).toMatchObject([
    {
      conversation: { id, title: "Herons" },
      messageId: null,
      excerpt: [{ text: "Her", hit: true }, { text: "ons" }],
    },
  ]);
  const both = await find(api, "it is");
  const answer = both.find(({ messageId }) => messageId === message.id);
  expect(answer).toMatchObject({ conversation: { id: said } });
  expect(answer?.excerpt.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(["It", "is"]);
  const { messages } = await api.snapshot(said);
  const [title, ...inMessages] = both.map(({ messageId }) => messageId);
  expect(title, "the prompt is its title").toBeNull();
  expect(inMessages.sort()).toEqual(messages.map(({ id }) => id).sort());
  for (const q of ["'", "\\", ":*", "&|!", '"', "\0", "%"]) await find(api, q);
  expect(await find(api, "")).toEqual([]);
  expect((await api.refused(`/api/search?q=${"x".repeat(201)}`)).status).toBe(400);
  expect((await api.refused("/api/search?q=x&limit=0")).status).toBe(400);
});

test("whoever types finds it, goes there by the keyboard, and sees the branch that says it", async ({
  tab,
  api,
}) => {
  const { id } = await api.create({ title: "Numbers" });
  const first = await api.answered(id, "count to 3, 0 ms apart");
  await api.answered(id, { text: "count to 12, 0 ms apart", parentId: null });
  const other = randomUUID();
  await api.answered(other, "fail after 2");
  await tab.open(other);
  const field = tab.page.getByRole("textbox", { name: "Search" });
  await field.fill("no such words");
  await expect(tab.page.getByText("Nothing says “no such words”.")).toBeVisible();
  await field.fill('"count to 3');
  const found = tab.sidebar.getByRole("listitem");
  await expect(found).toHaveCount(1);
  await expect(found.locator("mark")).toHaveText("count to 3");
  await field.press("ArrowDown");
  await expect(found.getByRole("link")).toBeFocused();
  await tab.page.keyboard.press("ArrowUp");
  await expect(field).toBeFocused();
  await field.press("Enter");
  await tab.page.waitForURL(`**/conversations/${id}#message-${first.message.parentId}`);
  // The other branch is the one that all devices show. This one is shown here, and there it stays.
  await expect(tab.prompts).toHaveText([/count to 3/]);
  const { conversation } = await api.snapshot(id);
  await field.fill("12");
  await expect(found).not.toHaveCount(0);
  await tab.sidebar.getByRole("link").filter({ hasText: "count to 12" }).click();
  await expect(tab.prompts).toHaveText([/count to 12/]);
  expect((await api.snapshot(id)).conversation.leafId).toBe(conversation.leafId);
  await field.press("Escape");
  await expect(tab.row("Numbers").getByRole("link")).toHaveAttribute("aria-current", "page");
});

test("a search that fails says so, and finds it when it is tried again", async ({ device, api }) => {
  const { tab: open } = await device({ expects: /^Failed to load resource/ });
  const tab = await open();
  await api.create({ title: "Herons" });
  await tab.open();
  await tab.page.route("**/api/search?*", (route) => route.abort(), { times: 1 });
  await tab.page.getByRole("textbox", { name: "Search" }).fill("heron");
  await expect(tab.page.getByText("The search did not work.")).toBeVisible();
  await tab.page.getByRole("button", { name: "Try again" }).click();
  await expect(tab.sidebar.locator("mark")).toHaveText("Heron");
});

async function find(api: Api, q: string): Promise<SearchHit[]> {
  const { body } = await api.ask<{ hits: SearchHit[] }>(`/api/search?q=${encodeURIComponent(q)}`);
  return body.hits;
}
