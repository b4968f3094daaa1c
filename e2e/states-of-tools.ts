import { expect } from "@playwright/test";
import { strToU8, zipSync } from "fflate";
import { chatgptConversation } from "#lib/protocol/chatgpt.fixture";
import { button, type Stage, type State, send, visit } from "./stage.ts";

/** What a tool asks, does and fails at, and what is taken in from elsewhere. */
export const statesOfTools: State[] = [
  {
    name: "a tool that asks",
    reach: (stage) => ask(stage),
  },
  {
    name: "a tool that was allowed",
    async reach(stage) {
      await ask(stage);
      await button(stage, "Allow").click();
      await stage.tab.answers.getByText("Used write note").click();
      await expect(stage.tab.answers.getByText("Noted: the milk is out").first()).toBeVisible();
    },
  },
  {
    name: "a tool that was denied",
    async reach(stage) {
      await ask(stage);
      await button(stage, "Deny").click();
      await expect(stage.tab.answers.getByText("write note was not allowed")).toBeVisible();
      await expect(stage.tab.answers.getByText("I was not allowed to use")).toBeVisible();
    },
  },
  {
    name: "a tool that failed",
    async reach(stage) {
      await visit(stage, "/");
      await send(stage, "calculate ones(2, 2)");
      await stage.tab.answers.getByText("calculate did not work").click();
      await expect(stage.tab.answers.getByText("There is no function ones here.").first()).toBeVisible();
    },
  },
  {
    name: "an export, chosen",
    async reach(stage) {
      await choose(stage);
    },
  },
  {
    name: "an export, taken in",
    async reach(stage) {
      const section = await choose(stage);
      await section.getByRole("button", { name: "Import" }).click();
      await expect(section.getByRole("list", { name: "What failed" })).toBeVisible();
    },
  },
];

async function ask(stage: Stage): Promise<void> {
  await visit(stage, "/");
  await send(stage, 'call notes_write_note {"text":"the milk is out"}');
  await expect(button(stage, "Allow")).toBeEnabled();
}

async function choose({ tab, ...stage }: Stage) {
  await visit({ tab, ...stage }, "/settings");
  const section = tab.page.getByRole("region", { name: "Import" });
  const conversations = [chatgptConversation, { title: "Broken", mapping: "none" }];
  const buffer = Buffer.from(zipSync({ "conversations.json": strToU8(JSON.stringify(conversations)) }));
  await section
    .getByLabel("Choose")
    .setInputFiles({ name: "export.zip", mimeType: "application/zip", buffer });
  await expect(section.getByText("2 conversations in export.zip.")).toBeVisible();
  await section.scrollIntoViewIfNeeded();
  return section;
}
