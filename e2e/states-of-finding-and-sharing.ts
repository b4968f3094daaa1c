import { expect } from "@playwright/test";
import { button, heading, open, type Stage, type State, visit } from "./stage.ts";

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p8QHvwAAAABJRU5ErkJggg==",
  "base64",
);

/** What is looked for, put away, attached, told beforehand, and shown to others. */
export const statesOfFindingAndSharing: State[] = [
  {
    name: "search",
    only: "desk",
    async reach(stage) {
      await open(stage, "rich");
      await search(stage, "count");
      await expect(stage.tab.sidebar.locator("mark").first()).toBeVisible();
    },
  },
  {
    name: "nothing found",
    only: "desk",
    async reach(stage) {
      await open(stage, "rich");
      await search(stage, "no such words");
      await expect(stage.tab.page.getByText("Nothing says “no such words”.")).toBeVisible();
    },
  },
  {
    name: "archived",
    only: "desk",
    async reach(stage) {
      await open(stage, "rich");
      await button(stage, "Archived").click();
      await expect(stage.tab.page.getByText("Nothing is archived.")).toBeVisible();
    },
  },
  {
    name: "temporary",
    async reach(stage) {
      await visit(stage, "/?temporary");
      await expect(stage.tab.page.getByText("Temporary. Erased when you leave it.")).toBeVisible();
    },
  },
  {
    name: "slash commands",
    async reach(stage) {
      // Of its own: what is begun in a conversation is there again whenever it is opened.
      const { id } = await stage.prepared.api.create({ title: "What can be done here" });
      await stage.prepared.api.answered(id, "what can you do?");
      await visit(stage, `/conversations/${id}`);
      await stage.tab.composer.fill("/");
      await expect(stage.tab.page.getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "attached",
    async reach(stage) {
      await open(stage, "rich");
      await stage.tab.page
        .locator('input[type="file"]')
        .first()
        .setInputFiles([
          { name: "dot.png", mimeType: "image/png", buffer: PICTURE },
          { name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from("# Notes") },
        ]);
      await expect(stage.tab.page.getByText("notes.md")).toBeVisible();
      await expect(stage.tab.page.getByRole("progressbar")).toHaveCount(0);
    },
  },
  {
    name: "instructions",
    async reach(stage) {
      await open(stage, "rich");
      await button(stage, "Instructions").click();
      await expect(stage.tab.page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "details of an answer",
    async reach(stage) {
      await open(stage, "thoughtful");
      await stage.tab.answers
        .last()
        .getByRole("button", { name: /^Details/ })
        .click();
      await expect(stage.tab.page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "sharing",
    async reach(stage) {
      await share(stage);
      await open(stage, "thoughtful");
      await button(stage, /^Shared/).click();
      await expect(stage.tab.page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "shared, for a stranger",
    as: "nobody",
    async reach(stage) {
      await visit(stage, `/share/${await share(stage)}`);
      await expect(stage.tab.answers.last()).toBeVisible();
    },
  },
  {
    name: "a link that was taken back",
    as: "nobody",
    expects: /status of 404/,
    async reach(stage) {
      await visit(stage, `/share/${"x".repeat(43)}`);
      await heading(stage, "This link leads nowhere");
    },
  },
];

const search = ({ tab }: Stage, words: string) =>
  tab.page.getByRole("textbox", { name: "Search" }).fill(words);

/** The link of the conversation about the time. */
async function share({ prepared: { api, conversations } }: Stage): Promise<string> {
  const path = `/api/conversations/${conversations.thoughtful}/share`;
  return (await api.ask<{ shareToken: string }>(path, { method: "PUT" })).body.shareToken;
}
