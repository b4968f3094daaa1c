import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { createDatabase, type DatabaseHandle } from "./client.ts";

/** Serialises clones across test files: Postgres copies a template only while nobody else does. */
const CLONE_LOCK = 7_365_611;
const TEST_CONNECTIONS = 10;

// Registered when a test file imports this, because Vitest overlooks a hook that is set while tests run.
const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

/** A fresh, migrated database for the test file that asks, dropped when all its tests are over. */
export async function testDatabase(): Promise<DatabaseHandle & { url: string }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(async (sql) => {
    await sql`select pg_advisory_lock(${CLONE_LOCK})`;
    await sql`create database ${sql(name)} template ${sql(inject("testServer").template)}`;
  });
  const url = Object.assign(new URL(inject("testServer").url), { pathname: `/${name}` }).href;
  const handle = createDatabase(url, { max: TEST_CONNECTIONS, name: "rejoin test" });
  drops.push(async () => {
    await handle.end();
    // With force: a test that was cut short may have left connections of its own.
    await onServer((sql) => sql`drop database ${sql(name)} with (force)`);
  });
  return { ...handle, url };
}

async function onServer(work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(inject("testServer").url, { max: 1 });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
