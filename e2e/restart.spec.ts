import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { createApi, signInAsGuest } from "./api.ts";
import { startServer } from "./servers.ts";
import { answerText, hasEnded, watch } from "./watcher.ts";

const COUNT = 80;
const whole = Array.from({ length: COUNT }, (_, index) => index + 1).join(" ");

test("kill -9 of everything, started again: the answer goes on by itself, long before its lease runs out", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "rejoin-restart-"));
  const first = await startServer({ dataDir });
  const api = await signInAsGuest(first.url);
  const conversationId = randomUUID();
  const cookie = api.cookie ?? "";
  await api.send(conversationId, `count to ${COUNT}, 20 ms apart`);
  const before = watch({ urls: [first.url], cookie, conversationId });
  const seen = await before.until((state) => answerText(state).startsWith("1 2 3 4 5 6 7 8"));
  first.kill("SIGKILL");
  await first.exited;
  await before.leave();

  const second = await startServer({ dataDir, env: { LEASE_TTL_MS: "600000" } });
  const kept = await createApi({ url: second.url, cookie }).snapshot(conversationId);
  expect(kept.sequence).toBeGreaterThanOrEqual(seen.sequence);
  const after = watch({ urls: [second.url], cookie, conversationId });
  const ended = await after.until(hasEnded);
  expect(answerText(ended)).toBe(whole);
  expect(ended.generations[0]).toMatchObject({ status: "completed", attempt: 2 });
  await after.leave();
  await second.stop();
  await rm(dataDir, { recursive: true });
});
