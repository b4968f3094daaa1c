import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { button, heading, menu, open, type Stage, type State, visit } from "./stage.ts";

/** All that is no conversation, and what comes over the pages. */
export const statesOfPages: State[] = [
  { name: "new", reach: (stage) => see(stage, "/", "What would you like to know?") },
  {
    name: "account menu",
    only: "desk",
    async reach(stage) {
      await open(stage, "rich");
      await button(stage, /^Account:/).click();
      await menu(stage);
    },
  },
  {
    name: "palette",
    only: "desk",
    async reach(stage) {
      await open(stage, "rich");
      await openPalette(stage);
    },
  },
  {
    name: "palette, searching",
    only: "desk",
    async reach(stage) {
      await open(stage, "rich");
      await openPalette(stage);
      await stage.tab.page.keyboard.type("count");
      await expect(stage.tab.page.getByRole("option", { name: "Counting twice" })).toBeVisible();
    },
  },
  {
    name: "shortcuts",
    async reach(stage) {
      await visit(stage, "/settings");
      await button(stage, "All shortcuts").click();
      await heading(stage, "Keyboard shortcuts");
    },
  },
  {
    name: "settings",
    async reach(stage) {
      const { api } = stage.prepared;
      if ((await api.ask<{ apiKeys: unknown[] }>("/api/api-keys")).body.apiKeys.length === 0) {
        await api.ask("/api/api-keys", { body: { name: "Backup script" } });
      }
      await visit(stage, "/settings");
      await heading(stage, "API keys");
    },
  },
  {
    name: "connection, being checked",
    async reach(stage) {
      await visit(stage, "/settings/connection");
      await button(stage, "Start the check").click();
      await expect(stage.tab.page.getByText("Checking: 7 of 8")).toBeVisible();
    },
  },
  {
    name: "connection, with something wrong",
    expects: /Failed to load resource/,
    async reach(stage) {
      // The line that would be silent for longest is cut at once.
      await stage.tab.page.route(/everyMs=20000/, (route) => route.abort());
      await visit(stage, "/settings/connection");
      await button(stage, "Start the check").click();
      await expect(stage.tab.page.getByText("One thing is wrong")).toBeVisible();
    },
  },
  {
    name: "a question before it is done",
    async reach(stage) {
      await visit(stage, "/settings");
      await button(stage, /^Revoke/).click();
      await expect(stage.tab.page.getByRole("alertdialog")).toBeVisible();
    },
  },
  { name: "admin", reach: (stage) => see(stage, "/admin", "Accounts") },
  { name: "sign in", as: "nobody", reach: (stage) => see(stage, "/sign-in", "Sign in") },
  {
    name: "sign in, refused",
    as: "nobody",
    expects: /status of 401/,
    async reach(stage) {
      const { person } = stage.prepared;
      await visit(stage, "/sign-in");
      await stage.tab.page.getByLabel("Email").fill(person.email);
      await stage.tab.page.getByLabel("Password").fill("not this one");
      await button(stage, "Sign in").click();
      await expect(stage.tab.page.getByRole("alert").filter({ hasText: "Invalid" })).toBeVisible();
    },
  },
  {
    name: "sign up",
    as: "nobody",
    reach: (stage) => see(stage, "/sign-up", "Create an account"),
  },
  {
    name: "continue",
    as: "nobody",
    async reach(stage) {
      const { api } = stage.prepared;
      const { body } = await api.ask<{ token: string }>("/api/sign-in-links", { body: {} });
      await visit(stage, `/continue#${body.token}`);
      await heading(stage, "Continue as Ada Lovelace");
    },
  },
  {
    name: "continue, too late",
    as: "nobody",
    expects: /status of 404/,
    reach: (stage) => see(stage, "/continue#nonsense", "This link does not work"),
  },
  {
    name: "nothing here",
    expects: /status of 404/,
    reach: (stage) => see(stage, "/nowhere", "There is nothing here"),
  },
  {
    name: "no such conversation",
    expects: /status of 404/,
    reach: (stage) => see(stage, `/conversations/${randomUUID()}`, "There is no such conversation"),
  },
];

async function see(stage: Stage, path: string, name: string): Promise<void> {
  await visit(stage, path);
  await heading(stage, name);
}

async function openPalette({ tab }: Stage): Promise<void> {
  await tab.page.keyboard.press("Control+k");
  await expect(tab.page.getByRole("combobox")).toBeFocused();
}
