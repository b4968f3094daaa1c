import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { cancelGeneration } from "#lib/conversations/cancel-generation";
import { ask, isIdle, snapshotWhen, startTestServer } from "#lib/conversations/test-server";
import { testDatabase } from "#lib/database/test-database";

const { url } = await testDatabase();
const server = startTestServer(url, { METRICS: "on" });
afterAll(() => server.stop());

/** What a metric says, by its name with its labels. */
async function metric(name: string): Promise<number | undefined> {
  const text = (await server.metrics?.read()) ?? "";
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
}

test("answers are counted by how they ended, and what it took to write and to tell them", async () => {
  await snapshotWhen(server, await ask(server, "count to 3, 1 ms apart"), isIdle);
  await snapshotWhen(server, await ask(server, "fail after 2"), isIdle);
  const stopped = await ask(server, "stall after 2");
  await snapshotWhen(server, stopped, ({ generations }) => generations[0]?.status === "running");
  expect(await metric("rejoin_generations_running")).toBe(1);
  await cancelGeneration(server, { ...stopped, generationId: stopped.sent.generationId });
  expect(await metric('rejoin_generations_ended_total{outcome="completed",code=""}')).toBe(1);
  expect(await metric('rejoin_generations_ended_total{outcome="failed",code="model-failed"}')).toBe(1);
  expect(await metric('rejoin_generations_ended_total{outcome="cancelled",code=""}')).toBe(1);
  expect(await metric('rejoin_generations_claimed_total{kind="first"}')).toBe(3);
  for (const name of ["flush_seconds", "flush_writers", "flush_bytes", "delivery_lag_seconds"])
    expect(await metric(`rejoin_${name}_count`), name).toBeGreaterThan(0);
  for (const count of [2, 3]) server.moments.emit("retention.deleted", { what: "entries", count });
  expect(await metric('rejoin_retention_deleted_total{what="entries"}')).toBe(5);
});

test("the operator's page names every metric that there is, and no other", async () => {
  const told = new Set(
    (await server.metrics?.read())?.match(/^# TYPE rejoin_\w+/gm)?.map((line) => line.slice(7)),
  );
  const page = readFileSync("docs/operations.md", "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| `rejoin_"));
  expect(rows.flatMap((row) => row.split("|")[1]?.match(/rejoin_\w+/g) ?? []).toSorted()).toEqual(
    [...told].toSorted(),
  );
});

test("without the setting nothing is counted", async () => {
  const other = startTestServer((await testDatabase()).url);
  expect(other.metrics).toBeUndefined();
  await other.stop();
});
