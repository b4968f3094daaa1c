import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { createApi, signInAsGuest } from "./api.ts";
import { startProxy } from "./proxy.ts";
import { expectSame } from "./recording.ts";
import { startDatabase, startServer } from "./servers.ts";
import { countTo } from "./stored.ts";
import { answerText, hasEnded, watch } from "./watcher.ts";

const SAID = "No LISTEN connection; polling instead until it is back.";

test("two servers whose LISTEN connections are gone for good answer, show and stop all the same, and say so once", async () => {
  const database = await startDatabase();
  const address = new URL(database.url);
  const bell = await startProxy(`http://${address.host}`);
  const direct = new URL(database.url);
  direct.host = new URL(bell.url).host;
  const start = () =>
    startServer({
      databaseUrl: database.url,
      env: { DATABASE_URL_DIRECT: direct.href, LEASE_TTL_MS: "3000" },
    });
  const [owner, other] = await Promise.all([start(), start()]);
  await bell.cut();
  for (const server of [owner, other]) await expect.poll(server.output).toContain(SAID);

  const api = await signInAsGuest(owner.url);
  const [cookie, conversationId] = [api.cookie ?? "", randomUUID()];
  await api.send(conversationId, "count to 100, 20 ms apart");
  const watcher = watch({ urls: [other.url], cookie, conversationId });
  const ended = await watcher.until(hasEnded);
  expect(answerText(ended)).toBe(countTo(100));
  expect(ended.generations).toMatchObject([{ status: "completed", attempt: 1 }]);

  const { generationId } = await api.send(conversationId, "stall after 3");
  await watcher.until((state) => answerText(state) === countTo(3));
  const elsewhere = createApi({ url: other.url, cookie });
  await elsewhere.cancel(generationId);
  const stopped = await watcher.until(hasEnded);
  expectSame(stopped, await elsewhere.snapshot(conversationId));
  expect(stopped.generations.at(-1)).toMatchObject({ status: "cancelled" });
  for (const server of [owner, other]) expect(server.output().split(SAID)).toHaveLength(2);

  await watcher.leave();
  await Promise.all([owner.stop(), other.stop()]);
  await bell.stop();
  await database.stop();
});
