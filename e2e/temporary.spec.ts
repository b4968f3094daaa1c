import { expect } from "@playwright/test";
import type { ConversationList } from "#lib/protocol/api";
import type { Api } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";
import { expectProblem } from "./problems.ts";

test("a temporary conversation works as any other, over a reload, and is gone when it is left", async ({
  device,
  api,
}) => {
  const [a, b] = [await (await device()).tab(), await (await device()).tab()];
  for (const tab of [a, b]) await tab.open();
  await a.page.getByRole("button", { name: "Temporary conversation" }).click();
  await expect(a.page.getByText("Temporary. Erased when you leave it.")).toBeVisible();
  await a.send("count to 4, 200 ms apart");
  await a.reads(2);
  const id = await a.conversationId();
  await a.reload();
  await a.reads(4);
  await expect(a.page.getByText("Temporary. Erased when you leave it.")).toBeVisible();
  await expect(a.page).toHaveTitle(/^Temporary conversation/);
  await a.send("count to 5");
  await a.reads(5);
  await a.composer.fill("half a word");
  for (const tab of [a, b]) await expect(tab.sidebar.getByRole("listitem")).toHaveCount(0);
  expect((await api.ask<ConversationList>("/api/conversations")).body.conversations).toEqual([]);
  await a.page.getByRole("link", { name: "New conversation" }).first().click();
  await expect(a.composer).toBeFocused();
  await expectErased(api, id);
  await expect.poll(() => kept(a)).not.toMatch(/count to|half a word/);
  await expect(a.page.getByRole("button", { name: "Temporary conversation" })).toHaveAttribute(
    "aria-pressed",
    "false",
  );
});

test("its address begins one, and another conversation ends it", async ({ tab, api }) => {
  const lasting = await api.create({ title: "Lasting" });
  await api.answered(lasting.id, "count to 2, 0 ms apart");
  await tab.visit("/?temporary");
  await expect(tab.composer).toBeFocused();
  await tab.send("count to 3");
  await tab.reads(3);
  const id = await tab.conversationId();
  await tab.row("Lasting").getByRole("link").click();
  await tab.reads(2);
  await expectErased(api, id);
  expect((await api.snapshot(lasting.id)).messages).toHaveLength(2);
});

async function expectErased(api: Api, id: string): Promise<void> {
  await expect.poll(async () => (await api.ask(`/api/conversations/${id}`)).status).toBe(404);
  expectProblem(await api.refused(`/api/conversations/${id}/restore`, { method: "POST" }), "not-found", 404);
}

/** All that the browser keeps over a reload. */
const kept = (tab: Tab) => tab.page.evaluate(() => JSON.stringify(localStorage));
