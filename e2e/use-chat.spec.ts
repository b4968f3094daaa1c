import { randomUUID } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";
import { test as base } from "./browser-fixtures.ts";
import { chatOn, serveChatPage } from "./chat-page.ts";
import { NETWORK_ERRORS } from "./devices.ts";
import { startProxy } from "./proxy.ts";
import { countTo, transcriptOf } from "./stored.ts";

const test = base.extend<
  { visit: (id: string, url?: string) => Promise<Page> },
  { chatPage: { url: string } }
>({
  chatPage: [
    async ({ server }, use) => {
      const served = await serveChatPage(server.url);
      await use(served);
      await served.stop();
    },
    { scope: "worker" },
  ],
  visit: async ({ device, chatPage }, use) => {
    await use(async (id, url = chatPage.url) => {
      const { context } = await device({ url, expects: NETWORK_ERRORS });
      const page = await context.newPage();
      await page.goto(`${url}/?chat=${id}`);
      return page;
    });
  },
});

const SLOW = "count to 250, 20 ms apart";
const WHOLE = countTo(250);

test("useChat as it is: who leaves in mid-answer, comes back, and reloads has every word once", async ({
  visit,
}) => {
  const page = await visit("a-chat-of-others");
  const chat = chatOn(page);
  await chat.send(SLOW);
  await reads(chat.answers, 20);
  await chat.press("Leave");
  await expect(chat.answers).toHaveCount(0);
  await chat.press("Come back");
  await reads(chat.answers, 60);
  await page.reload();
  await expect(chat.answers).toHaveText(WHOLE);
  await expect(chat.status).toHaveText("ready");
  await expect(chat.answers).toHaveCount(1);
});

test("useChat: an answer is stopped by the call that its metadata names, and another one follows", async ({
  visit,
  api,
}) => {
  const id = randomUUID();
  const chat = chatOn(await visit(id));
  await chat.send("count to 2000, 40 ms apart");
  await reads(chat.answers, 10);
  await chat.press("Stop");
  await expect(chat.status).toHaveText("ready");
  const { generations, messages } = await api.snapshot(id);
  expect(generations).toMatchObject([{ status: "cancelled" }]);
  const [stopped = ""] = await chat.answers.allTextContents();
  expect(transcriptOf(await api.snapshot(id)).at(-1)).toBe(`Answer: ${stopped}`);
  expect(messages).toHaveLength(2);
  await chat.send("count to 3");
  await expect(chat.answers).toHaveText([stopped, "1 2 3"]);
  expect(transcriptOf(await api.snapshot(id)).slice(2)).toEqual(["You: count to 3", "Answer: 1 2 3"]);
});

test("useChat: another answer and a changed prompt stand beside what was there", async ({ visit, api }) => {
  const id = randomUUID();
  const chat = chatOn(await visit(id));
  await chat.send("count to 1");
  await expect(chat.answers).toHaveText(["1"]);
  await chat.send("count to 2");
  await expect(chat.answers).toHaveText(["1", "1 2"]);
  await expect(chat.status).toHaveText("ready");
  await chat.press("Again");
  await expect.poll(async () => (await api.snapshot(id)).generations.length).toBe(3);
  await expect(chat.answers).toHaveText(["1", "1 2"]);
  await expect(chat.status).toHaveText("ready");
  await chat.change("count to 4");
  await expect(chat.answers).toHaveText(["1", "1 2 3 4"]);
  await expect(chat.prompts).toHaveText(["count to 1", "count to 4"]);
  await expect(chat.status).toHaveText("ready");
  await chat.send("count to 5");
  await expect(chat.answers).toHaveText(["1", "1 2 3 4", "1 2 3 4 5"]);
  const snapshot = await api.snapshot(id);
  expect(transcriptOf(snapshot)).toEqual([
    ...["You: count to 1", "Answer: 1"],
    ...["You: count to 4", "Answer: 1 2 3 4"],
    ...["You: count to 5", "Answer: 1 2 3 4 5"],
  ]);
  expect(snapshot.messages).toHaveLength(9);
});

test("useChat: a connection that breaks is no end, and it resumes when the page is looked at again", async ({
  visit,
  chatPage,
}) => {
  const network = await startProxy(chatPage.url);
  const page = await visit("a-chat-of-others", network.url);
  const chat = chatOn(page);
  await chat.send(SLOW);
  await reads(chat.answers, 20);
  await network.cut();
  await expect(chat.status).toHaveText("error");
  await network.mend();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(chat.answers).toHaveText(WHOLE);
  await expect(chat.status).toHaveText("ready");
  await network.stop();
});

async function reads(answers: Locator, number: number) {
  await expect(answers.last()).toHaveText(new RegExp(`\\b${number}\\b`));
}
