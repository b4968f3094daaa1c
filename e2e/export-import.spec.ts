import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { strToU8, zipSync } from "fflate";
import { chatgptConversation } from "#lib/protocol/chatgpt.fixture";
import type { Exported } from "#lib/protocol/exported";
import { IMPORT_BODY_MAX_BYTES } from "#lib/protocol/exported";
import type { Api } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import { expectProblem } from "./problems.ts";
import { countTo, expectStored } from "./stored.ts";

/** Saves what a link on the page gives, and reads it. */
async function saved(page: Page, link: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: new RegExp(`^${link}`) }).click(),
  ]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

test("a conversation is saved as a file, to read or to take in again", async ({ tab, guest, api }) => {
  await tab.open();
  await tab.send("count to 3, 0 ms apart");
  await expectStored(api, tab, ["You: count to 3, 0 ms apart", "Answer: 1 2 3"]);
  const id = await tab.conversationId();
  await api.ask(`/api/conversations/${id}`, { method: "PATCH", body: { title: "Grüße: 1/2" } });
  await tab.page.getByRole("button", { name: "Share or export" }).click();
  await tab.page.getByRole("menuitem", { name: "Export…" }).click();
  const markdown = await saved(tab.page, "Markdown");
  expect(markdown.name).toBe("Grüße 1 2.md");
  expect(markdown.text).toMatch(
    /^# Grüße: 1\/2\n\n## You · [-\d]+ [\d:]+ UTC\n\ncount to 3, 0 ms apart\n\n## demo\/demo · .* UTC\n\n1 2 3\n$/,
  );
  const json = await saved(tab.page, "JSON");
  expect(json.name).toBe("Grüße 1 2.json");
  const written: Exported = JSON.parse(json.text);
  expect(written).toMatchObject({ type: "rejoin-conversation", version: 1, conversation: { id } });
  expect(json.text).not.toMatch(/shareToken|draft/);

  const other = await guest();
  const import_ = (by: Api) => by.ask<{ conversation: { id: string } }>("/api/import", { body: written });
  const taken = await import_(other);
  expect(taken.status).toBe(201);
  expect(await import_(other)).toMatchObject({ status: 200, body: taken.body });
  expect(await import_(api)).toMatchObject({ status: 200, body: { conversation: { id } } });
  const here = await other.snapshot(taken.body.conversation.id);
  expect(here.messages.map(({ parts }) => JSON.stringify(parts))).toEqual([
    expect.stringContaining("count to 3"),
    expect.stringContaining("1 2 3"),
  ]);
});

test("what ChatGPT wrote down is taken in once, seen on every device, and gone on with", async ({
  device,
  api,
}) => {
  const { tab: openTab } = await device();
  const [settings, list] = [await openTab(), await (await device()).tab()];
  await list.open();
  await settings.visit("/settings");
  const { page } = settings;
  const section = page.getByRole("region", { name: "Import" });
  const broken = { title: "Broken", mapping: "none" };
  const buffer = Buffer.from(
    zipSync({
      "chat.html": strToU8("<html></html>"),
      "conversations.json": strToU8(JSON.stringify([chatgptConversation, broken])),
    }),
  );
  const take = async (found: RegExp) => {
    await section
      .getByLabel("Choose")
      .setInputFiles({ name: "export.zip", mimeType: "application/zip", buffer });
    await expect(section.getByText("2 conversations in export.zip.")).toBeVisible();
    await section.getByRole("button", { name: "Import" }).click();
    await expect(section.getByText(found)).toBeVisible();
  };
  await take(/^Done\. 1 imported, 1 failed\.$/);
  await expect(section.getByRole("list", { name: "What failed" })).toContainText(
    "no conversation of a ChatGPT export",
  );
  await take(/^Done\. 0 imported, 1 here already, 1 failed\.$/);

  await list.sidebar.getByRole("link", { name: "Weather of old" }).click();
  await expect(list.answers.last()).toContainText("A cat.");
  await list.send("count to 4, 0 ms apart");
  await list.reads(4);
  const { conversation, messages } = await api.snapshot(await list.conversationId());
  expect(conversation.createdAt).toBe("2023-11-14T22:13:20.500Z");
  expect(messages).toHaveLength(9);
  const { body } = await api.ask<{ conversations: { title: string }[] }>("/api/conversations?q=sunny");
  expect(body.conversations.map(({ title }) => title)).toEqual(["Weather of old"]);
});

test("all of an account comes as one file, and only what can be taken in is", async ({ api, guest }) => {
  for (const last of [2, 3]) await api.answered(crypto.randomUUID(), `count to ${last}, 0 ms apart`);
  await (await guest()).answered(crypto.randomUUID(), "count to 9, 0 ms apart");
  const { body, headers } = await api.ask<Exported[]>("/api/export");
  expect(headers.get("content-disposition")).toContain('attachment; filename="Rejoin conversations.json"');
  expect(JSON.stringify(body)).toContain(countTo(3));
  expect(body).toHaveLength(2);

  const [one] = body as [Exported];
  const refused = (change: object) => api.refused("/api/import", { body: { ...one, ...change } });
  expectProblem(await refused({ version: 2 }), "invalid-request", 400);
  expectProblem(await refused({ type: "something" }), "invalid-request", 400);
  const orphan = one.messages.map((message) => ({ ...message, parentId: message.id }));
  const fault = await refused({ messages: orphan, conversation: { ...one.conversation, id: "another" } });
  expectProblem(fault, "invalid-request", 400);
  expect(fault.body.detail).toContain("messages.0.parentId");
  expectProblem(await refused({ padding: "x".repeat(IMPORT_BODY_MAX_BYTES) }), "too-large", 413);
});
