import { expect, test } from "vitest";
import { testDatabase } from "#lib/database/test-database";
import { newId } from "#lib/protocol/ids";
import { appendEvents } from "./append.ts";
import { addLog } from "./pen.ts";
import { readAfter } from "./read.ts";

const database = await testDatabase();
const event = (title: string) => ({ type: "leaf-changed" as const, leafId: title });

test("many who append at once get dense numbers, each its own, in the order of their commits", async () => {
  const logId = newId();
  await database.db.transaction((transaction) => addLog(transaction, logId));
  const appended = await Promise.all(
    Array.from({ length: 40 }, (_, writer) =>
      database.db.transaction((transaction) =>
        appendEvents(transaction, { logId, events: [event(`${writer} a`), event(`${writer} b`)] }),
      ),
    ),
  );
  const read = await readAfter(database.db, { logId, after: 0 });
  expect(read.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
  for (const { entries } of appended) {
    for (const entry of entries) expect(read[entry.sequence - 1]).toEqual(entry);
  }
});

test("a transaction that is rolled back leaves no gap", async () => {
  const logId = newId();
  await database.db.transaction((transaction) => addLog(transaction, logId));
  const failing = database.db.transaction(async (transaction) => {
    await appendEvents(transaction, { logId, events: [event("lost")] });
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  const { entries } = await database.db.transaction((transaction) =>
    appendEvents(transaction, { logId, events: [event("kept")] }),
  );
  expect(entries.map(({ sequence }) => sequence)).toEqual([1]);
});

test("NUL and half surrogate pairs are stored without harm", async () => {
  const logId = newId();
  await database.db.transaction((transaction) => addLog(transaction, logId));
  await database.db.transaction((transaction) =>
    appendEvents(transaction, { logId, events: [event("a\u0000b\ud800c \\u0000 \u2028")] }),
  );
  const [entry] = await readAfter(database.db, { logId, after: 0 });
  expect(JSON.parse(entry?.text ?? "")).toEqual(event("a\ufffdb\ufffdc \\u0000 \u2028"));
});
