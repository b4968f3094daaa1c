import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { test } from "./browser-fixtures.ts";
import { isEntry, readUntil } from "./frames.ts";
import { expectProblem } from "./problems.ts";

const COUNT = "count to 2, 0 ms apart";

test.use({ serverEnv: { PROMPTS_PER_MINUTE: "2", LINES_PER_ACCOUNT: "3" } });

test("the third prompt of a minute is refused with a time, and the first can be sent again", async ({
  api,
}) => {
  const conversationId = randomUUID();
  const path = `/api/conversations/${conversationId}/messages`;
  await minuteWithRoom();
  const first = { id: randomUUID(), text: COUNT };
  await api.ask(path, { body: first });
  await api.send(conversationId, COUNT);
  const third = { id: randomUUID(), text: COUNT };
  const refused = await api.refused(path, { body: third });
  expectProblem(refused, "rate-limited", 429);
  const seconds = Number(refused.headers.get("retry-after"));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(refused.body.detail).toContain("2 prompts a minute");
  expect((await api.ask(path, { body: first })).status).toBe(200);
  expect((await api.snapshot(conversationId)).messages).toHaveLength(4);
});

test("so many lines are open and no more, held answers among them", async ({ api, guest }) => {
  const { id } = await api.create();
  const open = [await api.events(id), await api.events(id)];
  const follow = await api.line("/api/follow?log=account:0");
  for (const path of [`/api/conversations/${id}/events`, `/api/follow?log=account:0`]) {
    const refused = await api.refused(path, { headers: { accept: "text/event-stream" } });
    expectProblem(refused, "rate-limited", 429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  }
  expectProblem(await api.refused(`/api/conversations/${id}/events?after=1&wait=5`), "rate-limited", 429);
  const body = { id: randomUUID(), text: COUNT };
  const answer = await api.refused(`/api/conversations/${id}/messages`, {
    body,
    headers: { accept: "text/event-stream" },
  });
  expectProblem(answer, "rate-limited", 429);
  expect((await api.snapshot(id)).messages).toEqual([]);
  const other = await guest();
  const { id: elsewhere } = await other.create();
  expect((await other.events(elsewhere)).status).toBe(200);
  for (const line of open) line.leave();
  await expect(async () => {
    const line = await api.events(id);
    expect(line.status).toBe(200);
    await readUntil(line.frames, isEntry);
  }).toPass();
  follow.leave();
});

test("a page keeps the prompt that is one too many, says when it goes out, and sends it then", async ({
  device,
}) => {
  const { tab } = await device({ expects: /status of 429/ });
  test.slow(); // It waits for a minute to begin, and for the next one.
  const page = await tab();
  await page.open();
  await minuteWithRoom();
  await page.send(COUNT);
  await page.reads(2);
  await page.send(COUNT);
  await expect(page.answers).toHaveCount(2);
  await page.send("count to 3, 0 ms apart");
  const held = page.prompts.last();
  await expect(held).toContainText("A guest may send 2 prompts a minute. It goes out in");
  await page.send("count to 4, 0 ms apart");
  await expect(page.prompts.last()).toContainText("It goes out in");
  await page.reload();
  await expect(held).toContainText("It goes out in");
  // Whoever does not want to wait may try, and is told again.
  const refused = page.page.waitForResponse((response) => response.status() === 429);
  await held.getByRole("button", { name: "Try again" }).click();
  await refused;
  await expect(held).toContainText("It goes out in");
  await expect(page.answers).toHaveCount(4, { timeout: 70_000 });
  await page.reads(4);
  expect((await page.transcript()).slice(-4)).toEqual([
    "You: count to 3, 0 ms apart",
    "Answer: 1 2 3",
    "You: count to 4, 0 ms apart",
    "Answer: 1 2 3 4",
  ]);
});

/** A window of the server's clock begins with each minute. What is sent within one needs some of it. */
async function minuteWithRoom(): Promise<void> {
  await expect(() => expect(new Date().getSeconds()).toBeLessThan(20)).toPass({
    intervals: [500],
    timeout: 45_000,
  });
}
