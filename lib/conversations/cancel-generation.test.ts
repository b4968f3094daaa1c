import { afterAll, expect, test } from "vitest";
import { testDatabase } from "#lib/database/test-database";
import { cancelGeneration } from "./cancel-generation.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { ask, isIdle, snapshotWhen, startTestServer } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

test("a stop keeps what kind of device it came from, and a second one changes nothing", async () => {
  const asked = await ask(server, "stall after 2");
  const stop = { ...asked, generationId: asked.sent.generationId };
  const { generation } = await cancelGeneration(server, { ...stop, from: "phone" });
  expect(generation).toMatchObject({ status: "cancelled", stoppedFrom: "phone" });
  const again = await cancelGeneration(server, { ...stop, from: "computer" });
  expect(again.generation).toEqual(generation);
  expect((await loadSnapshot(server.database, asked)).generations).toEqual([generation]);
});

test("a stop by a program says nothing of a device, and neither does one that came too late", async () => {
  const stopped = await ask(server, "stall after 2");
  const byProgram = await cancelGeneration(server, { ...stopped, generationId: stopped.sent.generationId });
  expect(byProgram.generation).not.toHaveProperty("stoppedFrom");
  const finished = await ask(server, "count to 2, 1 ms apart");
  await snapshotWhen(server, finished, isIdle);
  const late = { ...finished, generationId: finished.sent.generationId, from: "phone" as const };
  expect((await cancelGeneration(server, late)).generation).not.toHaveProperty("stoppedFrom");
});
