import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { type Api, createApi } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import { type Frame, isControl, isEntry, readUntil } from "./frames.ts";
import { watchForHarm } from "./harm.ts";
import { expectProblem } from "./problems.ts";
import { countTo } from "./stored.ts";

/** A line is promised to end within so many milliseconds of the link that it was opened by. */
const ENDS_WITHIN_MS = 2_500;

test("whoever has the link reads along, without an account, until it is taken back", async ({
  tab,
  api,
  device,
  server,
}) => {
  const menu = tab.page.getByRole("button", { name: "Share or export" });
  await tab.open();
  await tab.send("count to 200, 50 ms apart");
  await tab.reads(3);
  await menu.click();
  await tab.page.getByRole("menuitem", { name: "Share…" }).click();
  await tab.page.getByRole("button", { name: "Create the link" }).click();
  const link = (await tab.page.locator("code", { hasText: "/share/" }).textContent()) ?? "";
  await tab.page.keyboard.press("Escape");
  await expect(tab.page.getByRole("button", { name: "Shared", exact: true })).toBeVisible();

  const browser = await device({ of: createApi(server), expects: /status of 404/ });
  const reader = await browser.tab();
  const harm = await watchForHarm(reader.page, server.url);
  await reader.page.goto(link);
  await expect(reader.page.getByRole("heading", { name: "count to 200, 50 ms apart" })).toBeVisible();
  await expect(reader.page.getByText("Answering…")).toBeVisible();
  await reader.reads(200);
  await expect(reader.page.getByText("Answering…")).toBeHidden();
  await expect(reader.page.getByText("Shared by link, read only")).toBeVisible();
  await expect(reader.composer).toHaveCount(0);
  await expect(
    reader.page.getByRole("button", { name: /^(Copy (message|answer)|Jump to the end)$/ }),
  ).not.toHaveCount(0);
  await expect(
    reader.page.getByRole("button", { name: /Edit|Answer again|Try again|list of|version/ }),
  ).toHaveCount(0);
  await expect(reader.page.getByRole("navigation")).toHaveCount(0);

  await tab.send("count to 3, 0 ms apart");
  await expect
    .poll(reader.transcript)
    .toEqual([
      "You: count to 200, 50 ms apart",
      `Answer: ${countTo(200)}`,
      "You: count to 3, 0 ms apart",
      "Answer: 1 2 3",
    ]);
  expect(await browser.context.cookies()).toEqual([]);
  expect(harm.seen).toEqual([]);

  // The same words in another wording: the branch that is left is not shown any more.
  const id = await tab.conversationId();
  await api.send(id, { text: "count to 4, 0 ms apart", parentId: null });
  await expect.poll(reader.transcript).toEqual(["You: count to 4, 0 ms apart", "Answer: 1 2 3 4"]);

  await tab.page.getByRole("button", { name: "Shared", exact: true }).click();
  await tab.page.getByRole("button", { name: "Stop sharing" }).click();
  await expect(reader.page.getByRole("heading", { name: "This link was taken back" })).toBeVisible();
  await expect(reader.page.getByRole("article")).toHaveCount(0);
  const late = await reader.page.goto(link);
  expect(late?.status()).toBe(404);
  await expect(reader.page.getByRole("heading", { name: "This link leads nowhere" })).toBeVisible();
});

const HIDDEN = ["hidden wording", "hidden instructions", "hidden draft", "stoppedFrom", "shareToken"];

/** A conversation with all that nobody else may see, and its link. */
async function shareOf(api: Api) {
  const { id } = await api.create({ title: "Shown", instructions: "hidden instructions" });
  await api.answered(id, "count to 2, 0 ms apart, in a hidden wording");
  const { message } = await api.answered(id, { text: "count to 3, 0 ms apart", parentId: null });
  await api.ask(`/api/conversations/${id}`, { method: "PATCH", body: { draft: "hidden draft" } });
  const { body } = await api.ask<{ shareToken: string }>(`/api/conversations/${id}/share`, { method: "PUT" });
  return { id, answerId: message.id, ...body };
}

test("on the wire there is nothing but what is shown, from any number on, and by no other address", async ({
  api,
  server,
}) => {
  const { id, answerId, shareToken } = await shareOf(api);
  const nobody = createApi(server);
  const at = `/api/shares/${shareToken}`;
  const snapshot = (await nobody.ask<{ sequence: number; messages: unknown[] }>(at)).body;
  expect(snapshot.messages).toHaveLength(2);
  let told = JSON.stringify(snapshot);
  for (const after of [0, 1, 4, snapshot.sequence]) {
    const line = await nobody.line(`${at}/events?after=${after}`);
    told += JSON.stringify(await readUntil(line.frames, isCaughtUp));
    line.leave();
    told += JSON.stringify((await nobody.ask(`${at}/events?after=${after}`)).body);
  }

  const line = await nobody.line(`${at}/events?after=${snapshot.sequence}`);
  const { generationId } = await api.send(id, "stall after 2");
  told += JSON.stringify(
    await readUntil(line.frames, (frame) => isEntry(frame) && frame.event.type === "chunk"),
  );
  await api.ask(`/api/generations/${generationId}/cancel`, {
    method: "POST",
    headers: { "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile Safari" },
  });
  told += JSON.stringify(
    await readUntil(line.frames, (frame) => isEntry(frame) && frame.event.type === "generation-end"),
  );
  await api.ask(`/api/conversations/${id}`, {
    method: "PATCH",
    body: { instructions: "hidden instructions" },
  });
  // Shown while another answer is made beside it, the old one is not told of any more.
  await api.ask(`/api/messages/${answerId}/regenerate`, { body: { id: randomUUID() } });
  told += JSON.stringify(
    await readUntil(line.frames, (frame) => isControl(frame) && frame.event === "reset"),
  );
  told += JSON.stringify((await nobody.ask(at)).body);
  for (const words of HIDDEN) expect(told).not.toContain(words);

  for (const path of [
    `/api/conversations/${id}`,
    `/api/conversations/${id}/events`,
    `/api/conversations/${shareToken}`,
    `/api/follow?log=${id}:0`,
  ]) {
    expectProblem(await nobody.refused(path), "not-signed-in", 401);
    const asKey = { headers: { authorization: `Bearer ${shareToken}` } };
    expectProblem(await nobody.refused(path, asKey), "not-signed-in", 401);
  }
  for (const path of [id, "a".repeat(43), `${shareToken}x`, shareToken.slice(1)]) {
    expectProblem(await nobody.refused(`/api/shares/${path}`), "not-found", 404);
  }

  const page = await nobody.ask<string>(`/share/${shareToken}`);
  expect(page.headers.getSetCookie()).toEqual([]);
  expect(page.headers.get("cache-control")).toContain("no-store");
  expect(page.headers.get("x-robots-tag")).toBe("noindex, nofollow");
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(page.body).toContain('<meta name="robots" content="noindex, nofollow"');
  for (const words of HIDDEN) expect(page.body.replaceAll(`"shareToken`, "")).not.toContain(words);
  line.leave();
});

test("when the link goes, so do all that are read by it, and what is waited for", async ({ api, server }) => {
  const nobody = createApi(server);
  for (const [goodbye, end] of [
    ["share-ended", (id: string) => api.ask(`/api/conversations/${id}/share`, { method: "DELETE" })],
    ["conversation-deleted", (id: string) => api.ask(`/api/conversations/${id}`, { method: "DELETE" })],
  ] as const) {
    const { id, shareToken } = await shareOf(api);
    const at = `/api/shares/${shareToken}`;
    const { sequence } = (await nobody.ask<{ sequence: number }>(at)).body;
    const line = await nobody.line(`${at}/events?after=${sequence}`);
    await readUntil(line.frames, isCaughtUp);
    const waiting = nobody.ask<{ entries: unknown[] }>(`${at}/events?after=${sequence}&wait=25`);
    const since = Date.now();
    await end(id);
    const bye = await readUntil(line.frames, (frame) => isControl(frame) && frame.event === "bye");
    expect(bye.at(-1)).toMatchObject({ data: { reason: goodbye, retryMs: 0 } });
    const waited = await waiting;
    expect(Date.now() - since).toBeLessThan(ENDS_WITHIN_MS);
    if (goodbye === "share-ended") expect(waited.status).toBe(404);
    else expect(JSON.stringify(waited.body)).toContain("conversation-deleted");
    expectProblem(await nobody.refused(at), "not-found", 404);
    expectProblem(await nobody.refused(`${at}/events`), "not-found", 404);
  }
});

const isCaughtUp = (frame: Frame) => isControl(frame) && frame.event === "caught-up";
