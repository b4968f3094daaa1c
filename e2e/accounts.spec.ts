import { expect } from "@playwright/test";
import type { ConversationList } from "#lib/protocol/api";
import type { Api } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import { type Device, NETWORK_ERRORS } from "./devices.ts";
import { expectStored } from "./stored.ts";

/** What a browser says when it asks as somebody whom the page does not mean. */
const REFUSED = /the server responded with a status of 401/;
const expects = new RegExp(`${NETWORK_ERRORS.source}|${REFUSED.source}`);

test("what one account left unsent in a browser neither goes out nor shows for the next one", async ({
  device,
  api,
  guest,
}) => {
  const shared = await device({ expects });
  const tab = await shared.tab();
  const other = await guest();
  await tab.open();
  await shared.context.setOffline(true);
  await tab.send("count to 5");
  await tab.composer.fill("for nobody else");
  await expect(tab.prompts.getByText("Kept here until the server can be reached.")).toBeVisible();

  await signIn(shared, tab.page.url(), other);
  await shared.context.setOffline(false);
  await expect(tab.prompts.getByText("Somebody else is signed in by now.")).toBeVisible();
  await expect(tab.line).toContainText("Signed out.");
  await tab.reload();
  await expect(tab.page.getByRole("heading", { name: "What would you like to know?" })).toBeVisible();
  await expect(tab.composer).toHaveValue("");
  await tab.send("count to 2");
  await expectStored(other, tab, ["You: count to 2", "Answer: 1 2"]);
  expect(await titles(other)).toEqual(["count to 2"]);
  expect(await titles(api)).toEqual([]);

  await signIn(shared, tab.page.url(), api);
  await tab.open();
  await expect(tab.composer).toHaveValue("for nobody else");
  await tab.row("count to 5").getByRole("link").click();
  await expectStored(api, tab, ["You: count to 5", "Answer: 1 2 3 4 5"]);
  expect(await titles(api)).toEqual(["count to 5"]);
  expect(await titles(other)).toEqual(["count to 2"]);
});

test("a page that is still open for one account neither shows nor stops anything for the next one", async ({
  device,
  network,
  api,
  guest,
}) => {
  const shared = await device({ url: network.url, expects });
  const tab = await shared.tab();
  const other = await guest();
  await tab.open();
  await tab.send("stall after 5");
  await tab.reads(5);
  const id = await tab.conversationId();

  await signIn(shared, tab.page.url(), other);
  await other.create({ title: "Of the other" });
  await network.cut();
  await network.mend();
  await expect(tab.line).toContainText("Signed out.");
  await expect(tab.sidebar.getByRole("listitem")).toHaveCount(1);
  const refused = tab.page.waitForResponse("**/cancel");
  await tab.stop.click();
  expect((await refused).status()).toBe(401);
  await expect(tab.stop).toBeVisible();
  expect((await api.snapshot(id)).generations[0]?.status).toBe("running");

  await signIn(shared, tab.page.url(), api);
  await tab.open(id);
  await expectStored(api, tab, ["You: stall after 5", "Answer: 1 2 3 4 5"]);
  expect((await api.snapshot(id)).generations[0]?.status).toBe("cancelled");
});

/** Somebody else signs in to the same browser, in another window of it. */
async function signIn({ context }: Device, url: string, { cookie = "" }: Api): Promise<void> {
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url: new URL("/", url).href }]);
}

async function titles(api: Api): Promise<string[]> {
  const { body } = await api.ask<ConversationList>("/api/conversations");
  return body.conversations.map(({ title }) => title);
}
