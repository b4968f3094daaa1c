import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { ConversationList } from "#lib/protocol/api";
import type { Api } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";

test("an answer that nobody saw is new on every device, over reloads, until one of them opens it", async ({
  device,
  api,
}) => {
  const [a, b] = [await (await device()).tab(), await (await device()).tab()];
  for (const tab of [a, b]) await tab.open();
  const id = randomUUID();
  await api.answered(id, "count to 3");
  await api.answered(randomUUID(), "fail after 2");
  for (const tab of [a, b]) {
    await expectNew(tab, "count to 3");
    await expectNew(tab, "fail after 2");
    await expect(tab.page).toHaveTitle("(2) Rejoin");
  }
  await b.reload();
  await expectNew(b, "count to 3");
  await a.row("count to 3").getByRole("link").click();
  await a.reads(3);
  for (const tab of [a, b]) {
    await expectSeen(tab, "count to 3");
    await expectNew(tab, "fail after 2");
  }
  await expect(a.page).toHaveTitle("(1) count to 3 · Rejoin");
  await expect(b.page).toHaveTitle("(1) Rejoin");
  await b.open(id);
  await expectSeen(b, "count to 3");
});

test("an answer that ends before somebody's eyes is new nowhere", async ({ device, api }) => {
  const [a, b] = [await (await device()).tab(), await (await device()).tab()];
  for (const tab of [a, b]) await tab.open();
  await a.send("count to 3");
  await a.reads(3);
  await expectRead(api, await a.conversationId());
  for (const tab of [a, b]) await expectSeen(tab, "count to 3");
  await expect(a.page).toHaveTitle("count to 3 · Rejoin");
  await expect(b.page).toHaveTitle("Rejoin");
});

test("on a phone the way to the list says that there is something new in it", async ({ device, api }) => {
  const phone = await device({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const tab = await phone.tab();
  await tab.visit("/");
  await api.answered(randomUUID(), "count to 3");
  const hint = tab.page.getByText("1 new answer").filter({ visible: true });
  await expect(hint).toHaveCount(1);
  await tab.page.getByRole("button", { name: "Open the list of conversations" }).tap();
  await expectNew(tab, "count to 3");
  await tab.page.getByRole("dialog").getByRole("link", { name: "count to 3 has a new answer" }).tap();
  await tab.reads(3);
  await expect(hint).toHaveCount(0);
});

async function expectNew(tab: Tab, title: string): Promise<void> {
  await expect(tab.sidebar.getByRole("link", { name: `${title} has a new answer` })).toBeVisible();
}

/** It is listed, and nothing more is said of it. */
async function expectSeen(tab: Tab, title: string): Promise<void> {
  await expect(tab.sidebar.getByRole("link", { name: title, exact: true })).toBeVisible();
}

async function expectRead(api: Api, id: string): Promise<void> {
  const isUnread = async () => {
    const { body } = await api.ask<ConversationList>("/api/conversations");
    return body.conversations.find((conversation) => conversation.id === id)?.unread;
  };
  await expect.poll(isUnread).toBe(false);
}
