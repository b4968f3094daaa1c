import { expect } from "@playwright/test";
import { NETWORK_ERRORS } from "./devices.ts";
import { button, heading, isNarrow, menu, open, type Stage, type State, send, visit } from "./stage.ts";

/** Conversations, whatever happens in them and to them. */
export const statesOfConversations: State[] = [
  {
    name: "conversation",
    async reach(stage) {
      await open(stage, "rich");
      await expect(stage.tab.answers.locator("pre span[style]").first()).toBeVisible();
    },
  },
  { name: "answering", reach: (stage) => open(stage, "answering") },
  {
    name: "queued",
    async reach(stage) {
      await open(stage, "queued");
      await expect(stage.tab.answers.getByText("Waiting for its turn.")).toBeVisible();
    },
  },
  { name: "failed", reach: (stage) => open(stage, "failed") },
  { name: "stopped", reach: (stage) => open(stage, "stopped") },
  { name: "versions", reach: (stage) => open(stage, "reworded") },
  {
    name: "thoughts and a tool, open",
    async reach(stage) {
      await open(stage, "thoughtful");
      for (const summary of await stage.tab.answers.locator("summary").all()) await summary.click();
    },
  },
  {
    name: "a prompt reworded",
    async reach(stage) {
      await open(stage, "rich");
      await stage.tab.prompts.last().hover();
      await button(stage, "Edit message").click();
      await expect(stage.tab.page.getByRole("textbox", { name: "New wording" })).toBeVisible();
    },
  },
  {
    name: "refused",
    expects: /status of 400/,
    async reach(stage) {
      await failSends(stage, 400, "The prompt names a model that is not there. Choose another one.");
      await open(stage, "failed");
      await send(stage, "And what about this one?");
      await expect(button(stage, "Discard")).toBeVisible();
    },
  },
  {
    name: "limited",
    expects: /status of 429/,
    async reach(stage) {
      await failSends(stage, 429, "You can send 60 prompts a minute.");
      await open(stage, "failed");
      await send(stage, "And one more");
      await expect(button(stage, "Discard")).toBeVisible();
    },
  },
  {
    name: "offline",
    expects: NETWORK_ERRORS,
    async reach(stage) {
      await open(stage, "stopped");
      await stage.tab.goOffline();
      await send(stage, "Are you there?");
      await expect(stage.tab.prompts.last()).toContainText("Kept here");
    },
  },
  {
    name: "signed out",
    as: "elsewhere",
    expects: /status of 401/,
    async reach(stage) {
      await open(stage, "stopped");
      await stage.prepared.api.ask("/api/devices", { method: "DELETE" });
      await expect(stage.tab.line).toContainText("Signed out.");
    },
  },
  {
    name: "gone",
    async reach(stage) {
      const { tab, prepared } = stage;
      const { api } = prepared;
      const { id } = await api.create({ title: "Soon gone" });
      await api.answered(id, "count to 3, 0 ms apart");
      await visit(stage, `/conversations/${id}`);
      await expect(tab.answers).toBeVisible();
      await api.ask(`/api/conversations/${id}`, { method: "DELETE" });
      await heading(stage, "This conversation was deleted");
    },
  },
  {
    name: "crashed",
    // Whatever the browser and React say of what is thrown below.
    expects: /./,
    async reach(stage) {
      await open(stage, "stopped");
      await stage.tab.composer.fill("crash");
      // At once, for it may be drawn anew at any moment.
      await button(stage, "Send").evaluate((element: HTMLElement) => {
        Map.groupBy = () => {
          throw new Error("thrown by a test");
        };
        element.click();
      });
      await heading(stage, "This page could not be shown");
    },
  },
  {
    name: "on its way",
    only: "desk",
    async reach(stage) {
      await open(stage, "stopped");
      await stage.tab.page.route(/_rsc=/, () => undefined);
      await stage.tab.sidebar.getByRole("link", { name: "Trip to Lisbon" }).click();
      await expect(stage.tab.page.getByText("Loading…")).toBeAttached();
    },
  },
  {
    name: "models",
    async reach(stage) {
      await open(stage, "rich");
      await button(stage, /^Model:/).click();
      await expect(stage.tab.page.getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "conversation menu",
    only: "desk",
    async reach(stage) {
      await open(stage, "rich");
      await button(stage, /^More about/).click();
      await menu(stage);
    },
  },
  {
    name: "continue elsewhere",
    async reach(stage) {
      await open(stage, "rich");
      if (isNarrow(stage)) {
        await button(stage, "Share or export").click();
        await stage.tab.page.getByRole("menuitem", { name: "Continue on another device" }).click();
      } else await button(stage, "Continue on another device").click();
      await expect(
        stage.tab.page.getByRole("img", { name: "The link as a code for a camera" }),
      ).toBeVisible();
    },
  },
  {
    name: "drawer",
    only: "phone",
    async reach(stage) {
      await open(stage, "rich");
      await button(stage, "Open the list of conversations").click();
      await expect(stage.tab.page.getByRole("dialog")).toBeVisible();
    },
  },
];

async function failSends({ tab }: Stage, status: 400 | 429, detail: string): Promise<void> {
  const code = status === 429 ? "rate-limited" : "invalid-request";
  await tab.page.route("**/messages", (route) =>
    route.fulfill({
      status,
      contentType: "application/problem+json",
      headers: status === 429 ? { "retry-after": "40" } : {},
      body: JSON.stringify({ type: "about:blank", title: code, status, detail, code }),
    }),
  );
}
