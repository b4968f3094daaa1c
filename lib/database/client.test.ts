import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { logs } from "#drizzle/schema";
import { createDatabase, type Database, type DatabaseHandle, type Transaction } from "./client.ts";
import { isOneOf } from "./is-one-of.ts";
import { testDatabase } from "./test-database.ts";

const { url } = await testDatabase();

async function onOneConnection(
  { prepare }: { prepare: boolean },
  work: (handle: DatabaseHandle) => Promise<void>,
): Promise<void> {
  const handle = createDatabase(url, { max: 1, name: "test", prepare });
  await work(handle);
  await handle.end();
}

/** How many statements about logs the one connection keeps. */
async function keptStatements({ sql }: DatabaseHandle): Promise<number> {
  const kept = await sql.unsafe(
    "select from pg_prepared_statements where statement like 'select % from \"logs\"%'",
  );
  return kept.length;
}

const headOf = (database: Database | Transaction, logId: string) =>
  database.select({ head: logs.head }).from(logs).where(eq(logs.logId, logId));

type Work = (database: Database | Transaction) => Promise<void>;

test.each<[string, (database: Database, work: Work) => Promise<void>]>([
  ["by itself", (database, work) => work(database)],
  ["in a transaction", (database, work) => database.transaction(work)],
  ["in one within it", (database, work) => database.transaction((outer) => outer.transaction(work))],
])("a statement %s is prepared once and serves whoever comes next", async (_where, within) => {
  await onOneConnection({ prepare: true }, async (handle) => {
    const [logId, other] = [randomUUID(), randomUUID()];
    await handle.sql`insert into logs (log_id, head) values (${logId}, 7), (${other}, 8)`;
    await within(handle.db, async (database) => {
      expect(await headOf(database, logId)).toEqual([{ head: 7 }]);
      expect(await headOf(database, other)).toEqual([{ head: 8 }]);
    });
    expect(await keptStatements(handle)).toBe(1);
  });
});

test("a list of any length is one statement", async () => {
  await onOneConnection({ prepare: true }, async (handle) => {
    const ids = Array.from({ length: 5 }, () => randomUUID());
    for (const logId of ids) await handle.sql`insert into logs (log_id) values (${logId})`;
    for (let length = 0; length <= ids.length; length += 1) {
      const list = ids.slice(0, length);
      const found = await handle.db.select({ id: logs.logId }).from(logs).where(isOneOf(logs.logId, list));
      expect(found.map(({ id }) => id).toSorted()).toEqual(list.toSorted());
    }
    expect(await keptStatements(handle)).toBe(1);
  });
});

test("behind a pooler nothing is prepared, because the connection is somebody else's in a moment", async () => {
  await onOneConnection({ prepare: false }, async (handle) => {
    expect(await headOf(handle.db, randomUUID())).toEqual([]);
    await handle.db.transaction(async (transaction) => void (await headOf(transaction, randomUUID())));
    expect(await keptStatements(handle)).toBe(0);
  });
});

test.each<[string, (database: Database) => Promise<unknown>]>([
  ["a statement", (database) => database.execute("select 1 as one")],
  ["a selection", (database) => headOf(database, randomUUID())],
  ["a transaction", (database) => database.transaction((transaction) => headOf(transaction, randomUUID()))],
])("%s after a connection that was ended while it worked is not told of that end", async (_what, ask) => {
  await onOneConnection({ prepare: true }, async ({ sql, db }) => {
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const cut = expect(db.execute("select pg_sleep(60)")).rejects.toThrow();
    await onOneConnection({ prepare: false }, async ({ sql: other }) => {
      const isAtWork = async () =>
        (await other`select from pg_stat_activity where pid = ${row?.pid ?? 0} and query like '%sleep%'`)
          .length;
      await expect.poll(isAtWork).toBe(1);
      await other`select pg_terminate_backend(${row?.pid ?? 0})`;
    });
    await cut;
    await ask(db);
  });
});
