import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { test } from "./provider-fixtures.ts";
import { committedWords, ended, expectStored } from "./stored.ts";

test("a Stop before the first word hangs up on the model, whoever presses it", async ({
  device,
  api,
  provider,
}) => {
  const writing = await (await device()).tab();
  await writing.open();
  await writing.send("hello");
  const call = await provider.called();
  const stopping = await (await device()).tab();
  await stopping.open(await writing.conversationId());
  await stopping.stop.click();
  await call.hungUp;
  expect(provider.openCalls()).toBe(0);
  for (const tab of [writing, stopping]) await expectStored(api, tab, ["You: hello", "Answer: "]);
});

test("a Stop in mid-answer hangs up on the model, and what was said stays", async ({
  tab,
  api,
  provider,
}) => {
  await tab.open();
  await tab.send("hello");
  const call = await provider.called();
  call.say("One two");
  await tab.reads("two");
  const pressedAtMs = Date.now();
  await tab.stop.click();
  await call.hungUp;
  test.info().annotations.push({ type: "stop to hang-up", description: `${Date.now() - pressedAtMs} ms` });
  await expectStored(api, tab, ["You: hello", "Answer: One two"]);
});

test("a cancel over HTTP hangs up on the model", async ({ api, provider }) => {
  const { generationId } = await api.send(randomUUID(), "hello");
  const call = await provider.called();
  const askedAtMs = Date.now();
  await api.cancel(generationId);
  await call.hungUp;
  test.info().annotations.push({ type: "cancel to hang-up", description: `${Date.now() - askedAtMs} ms` });
  expect(provider.openCalls()).toBe(0);
});

test("a conversation that is deleted hangs up on its model", async ({ api, provider }) => {
  const id = randomUUID();
  await api.send(id, "hello");
  const call = await provider.called();
  call.say("One");
  await api.ask(`/api/conversations/${id}`, { method: "DELETE" });
  await call.hungUp;
  expect(provider.openCalls()).toBe(0);
});

test("a tab that is closed does not hang up on the model", async ({ device, api, provider }) => {
  const laptop = await device();
  const tab = await laptop.tab();
  await tab.open();
  await tab.send("hello");
  const call = await provider.called();
  call.say("One ");
  await tab.reads("One");
  const id = await tab.conversationId();
  await laptop.leave();
  call.say("two");
  await expect.poll(() => committedWords(api, id)).toBe("One two");
  call.end();
  expect((await ended(api, id)).generations).toMatchObject([{ status: "completed" }]);
});

test("whoever changes conversations before the first word finds the answer when they come back", async ({
  tab,
  api,
  provider,
}) => {
  await api.answered(randomUUID(), { text: "count to 7", model: "demo/demo" });
  await tab.open();
  await tab.send("hello");
  const call = await provider.called();
  await expect(tab.answers.getByText("Waiting for the first word")).toBeVisible();
  await tab.conversationId();
  await tab.row("count to 7").getByRole("link").click();
  await expect.poll(tab.transcript).toEqual(["You: count to 7", "Answer: 1 2 3 4 5 6 7"]);
  await tab.row("hello").getByRole("link").click();
  await expect(tab.answers.getByText("Waiting for the first word")).toBeVisible();
  await expect(tab.stop).toBeVisible();
  call.say("Here it is");
  call.end();
  await expectStored(api, tab, ["You: hello", "Answer: Here it is"]);
});

test("a tab that nobody sees says that it is being answered, and then that the answer is there", async ({
  tab,
  provider,
}) => {
  await tab.open();
  await tab.send("hello");
  const call = await provider.called();
  call.say("Here");
  await expect(tab.page).toHaveTitle("… hello · Rejoin");
  await tab.hide();
  call.end();
  await expect(tab.page).toHaveTitle("(1) hello · Rejoin");
  await tab.show();
  await expect(tab.page).toHaveTitle("hello · Rejoin");
});
