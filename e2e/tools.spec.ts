import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { type FakeMcp, startFakeMcp } from "#lib/models/tools/mcp/fake-mcp";
import { test as base } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";
import { expectProblem } from "./problems.ts";

/** Tests whose server knows another one with tools: `notes`. */
const test = base.extend<object, { mcp: FakeMcp }>({
  mcp: [
    async ({ browserName: _ }, use) => {
      const mcp = await startFakeMcp();
      await use(mcp);
      await mcp.stop();
    },
    { scope: "worker" },
  ],
  serverEnv: [
    async ({ mcp }, use) => {
      await use({ MCP_SERVERS: JSON.stringify({ notes: { url: mcp.url } }) });
    },
    { scope: "worker" },
  ],
});

const question = ({ page }: Tab) => page.getByRole("region", { name: "Question" });
const writeNote = (text: string) => `call notes_write_note {"text":"${text}"}`;

test("a tool of another server that only reads runs at once, and shows what it returned", async ({ tab }) => {
  await tab.open();
  await tab.send('call notes_look_up {"word":"log"}');
  await tab.reads("said");
  await expect(question(tab)).toHaveCount(0);
  await tab.answers.getByText("Looked it up").click();
  const details = tab.answers.locator("details");
  await expect(details.getByText("log: a word of 3 letters")).toBeVisible();
  await expect(details.getByRole("img", { name: "Picture from Look up" })).toBeVisible();
  await tab.send("call notes_fail");
  await expect(tab.answers.getByText("fail did not work")).toBeVisible();
});

test("what changes something asks, on every device and over reloads, and is done once when one allows it", async ({
  device,
  api,
  mcp,
}) => {
  const laptop = await (await device()).tab();
  await laptop.open();
  await laptop.send(writeNote("hello"));
  const asked = question(laptop);
  await expect(asked).toContainText("Allow write note on notes?");
  await expect(asked).toContainText("hello");
  const id = await laptop.conversationId();
  await laptop.reload();
  await expect(asked.getByRole("button", { name: "Allow" })).toBeEnabled();

  const phone = await (await device()).tab();
  await phone.open(id);
  expect(mcp.notes).not.toContain("hello");
  await question(phone).getByRole("button", { name: "Allow" }).click();
  for (const tab of [phone, laptop]) {
    await expect(question(tab)).toHaveCount(0);
    await expect(tab.answers.getByText("Used write note")).toBeVisible();
    await expect.poll(tab.words).toBe("notes_write_note said: Noted: hello");
  }
  expect(mcp.notes.filter((note) => note === "hello")).toHaveLength(1);
  await expect(laptop.answers).toHaveCount(1);

  const snapshot = await api.snapshot(id);
  const [answer] = snapshot.messages.filter(({ role }) => role === "assistant");
  const part = answer?.parts.find((one) => "approval" in one) as { approval: { id: string } };
  const say = (approved: boolean) => ({ body: { id: randomUUID(), approvalId: part.approval.id, approved } });
  const path = `/api/messages/${answer?.id}/approvals`;
  const again = await api.ask(path, say(true));
  expect(again).toMatchObject({ status: 200, body: { generationId: snapshot.generations[1]?.id } });
  expectProblem(await api.refused(path, say(false)), "already-answered", 409);
});

test("what is denied is not done, and whoever writes on without answering gets an answer", async ({
  tab,
  mcp,
}) => {
  await tab.open();
  await tab.send(writeNote("denied"));
  await question(tab).getByRole("button", { name: "Deny" }).click();
  await expect(tab.answers.getByText("write note was not allowed")).toBeVisible();
  await expect.poll(tab.words).toBe("I was not allowed to use notes_write_note.");

  await tab.send(writeNote("left open"));
  await expect(question(tab)).toBeVisible();
  await tab.send("count to 3");
  await expect.poll(tab.words).toBe("1 2 3");
  await expect(question(tab)).toBeVisible();
  expect(mcp.notes).not.toEqual(expect.arrayContaining([expect.stringMatching(/denied|left open/)]));
});

test("the calculator says what comes out, and what is wrong", async ({ tab }) => {
  await tab.open();
  await tab.send("calculate 2 + 3 * 4");
  await expect.poll(tab.words).toBe("2 + 3 * 4 = 14");
  await expect(tab.answers.getByText("Calculated")).toBeVisible();
  await tab.send("calculate ones(2, 2)");
  await tab.answers.last().getByText("calculate did not work").click();
  await expect(tab.answers.last().locator("details")).toContainText("There is no function ones here.");
});

test("a model does something to the page that asked, once, and to no other", async ({ device, api }) => {
  const laptop = await device();
  const [asking, phone] = [await laptop.tab(), await (await device()).tab()];
  const root = (tab: Tab) => tab.page.locator("html");
  await asking.open();
  await asking.send("make it dark");
  await expect(root(asking)).toHaveAttribute("data-theme", "dark");
  const id = await asking.conversationId();
  await phone.open(id);
  for (const tab of [asking, phone]) {
    await expect(tab.answers.getByText("Changed the theme to dark")).toBeVisible();
  }
  await expect(root(phone)).not.toHaveAttribute("data-theme");

  // Of their own choice, afterwards: nothing takes it back.
  await asking.page.evaluate(() => localStorage.setItem("theme", "light"));
  const other = await laptop.tab();
  await other.open(id);
  await asking.reload();
  for (const tab of [asking, other]) {
    await expect(tab.answers.getByText("Changed the theme to dark")).toBeVisible();
    await expect(root(tab)).toHaveAttribute("data-theme", "light");
  }

  await asking.send('call fill_composer {"text":"Dear all"}');
  await expect(asking.composer).toHaveValue("Dear all");
  await expect(other.answers.getByText("Wrote a message for you to send")).toBeVisible();
  for (const tab of [phone, other]) await expect(tab.composer).toHaveValue("");

  await asking.composer.fill(`call open_conversation {"conversationId":"${randomUUID()}"}`);
  await asking.composer.press("Enter");
  await expect(asking.answers.getByText("Opened another conversation")).toBeVisible();
  await expect(asking.page).toHaveURL(new RegExp(id));
  const elsewhere = randomUUID();
  await api.answered(elsewhere, "count to 2, 0 ms apart");
  await expect(asking.row("count to 2")).toBeVisible();
  await asking.send(`call open_conversation {"conversationId":"${elsewhere}"}`);
  await expect(asking.page).toHaveURL(new RegExp(elsewhere));
  await expect(phone.page).toHaveURL(new RegExp(id));
});
