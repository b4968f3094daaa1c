import { expect, test } from "vitest";
import { createLines } from "#lib/open-lines";
import { heldOpen } from "./held-open.ts";

const asker = { accountId: "a", by: { kind: "api-key" as const, id: "key" } };

test("an answer that is waited for ends when the server goes, with what there is", async () => {
  const lines = createLines();
  const answer = heldOpen(asker, untilLeft, lines);
  lines.endAll({ reason: "restart", retryMs: 500 });
  expect(await answer).toBe("what there is");
});

test("who is signed out while they wait is told that and nothing else", async () => {
  const lines = createLines();
  const answer = heldOpen(asker, untilLeft, lines);
  expect(lines.credentials()).toEqual([asker.by]);
  lines.endHeldBy(new Set(["key"]), { reason: "signed-out", retryMs: 0 });
  await expect(answer).rejects.toMatchObject({ code: "not-signed-in" });
  expect(lines.credentials()).toEqual([]);
});

test("who waits by a link that is taken back is told that there is nothing", async () => {
  const lines = createLines();
  const answer = heldOpen({ accountId: "a", by: { kind: "share", id: "link" } }, untilLeft, lines);
  lines.endHeldBy(new Set(["link"]), { reason: "share-ended", retryMs: 0 });
  await expect(answer).rejects.toMatchObject({ code: "not-found" });
});

test("an answer that came is told, and nothing is held any more", async () => {
  const lines = createLines();
  expect(await heldOpen(asker, async () => "news", lines)).toBe("news");
  expect(lines.credentials()).toEqual([]);
});

function untilLeft(leave: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const end = () => resolve("what there is");
    if (leave.aborted) end();
    leave.addEventListener("abort", end, { once: true });
  });
}
