import { readMigrationFiles } from "drizzle-orm/migrator";
import postgres from "postgres";
import { expect, inject, test } from "vitest";
import { createDatabase } from "./client.ts";
import { migrate } from "./migrate.ts";
import { testDatabase } from "./test-database.ts";

test("five instances that start at once on an empty database all find it migrated, once", async () => {
  const admin = postgres(inject("testServer").url, { max: 1, onnotice: () => {} });
  await admin`create database migrated_by_five`;
  const url = inject("testServer").url.replace(/[^/]+$/, "migrated_by_five");
  await Promise.all(Array.from({ length: 5 }, () => migrate(url)));
  await migrate(url);

  const { sql, end } = createDatabase(url, { max: 1, name: "test" });
  const applied = await sql`select hash from drizzle.__drizzle_migrations`;
  expect(applied).toHaveLength(readMigrationFiles({ migrationsFolder: "drizzle/migrations" }).length);
  await end();
  await admin`drop database migrated_by_five`;
  await admin.end();
});

test("each asker gets a migrated database of its own", async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  const id = crypto.randomUUID();
  await one.sql`insert into logs (log_id) values (${id})`;
  expect(await one.sql`select log_id, head from logs`).toEqual([{ log_id: id, head: 0 }]);
  expect(await other.sql`select log_id from logs`).toEqual([]);
  expect(await one.db.query.logs.findMany()).toMatchObject([{ logId: id, head: 0 }]);
});
