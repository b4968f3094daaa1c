import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "#lib/database/test-database";
import { createMoments, type MomentFacts } from "#lib/moments";
import { clearAway, createJanitor } from "./janitor.ts";

const database = await testDatabase();

function watchMoments() {
  const moments = createMoments();
  const seen: unknown[] = [];
  moments.on("retention.deleted", (facts) => seen.push(facts));
  moments.on("retention.failed", ({ what }) => seen.push(`${what} failed`));
  const passed = new Promise<MomentFacts["retention.passed"]>((resolve) =>
    moments.on("retention.passed", resolve),
  );
  return { moments, seen, passed };
}

async function* three(): AsyncGenerator<number> {
  yield 1;
  yield 0;
  yield 2;
}

async function* broken(): AsyncGenerator<number> {
  yield 1;
  throw new Error("broken");
}

test("it clears away old entries by itself, now and then, and tells of it", async () => {
  const logId = randomUUID();
  await database.sql`insert into logs (log_id, head) values (${logId}, 2)`;
  await database.sql`
    insert into entries (log_id, sequence, event, created_at)
    values (${logId}, 1, '{}', now() - interval '2 hours'), (${logId}, 2, '{}', now())`;
  const { moments, seen, passed } = watchMoments();
  const janitor = createJanitor({ database: database.db, retentionHours: 1, moments, everyMs: 1 });
  janitor.start();
  expect((await passed).deleted).toEqual({ entries: 1 });
  await janitor.stop();
  expect(seen).toEqual([{ what: "entries", count: 1 }]);
  expect(await database.sql`select sequence from entries`).toEqual([{ sequence: 2 }]);
});

test("a chore that fails is told of, and the others are done all the same", async () => {
  const { moments, seen, passed } = watchMoments();
  const chores = [
    { what: "files" as const, batches: broken },
    { what: "guests" as const, batches: three },
  ];
  await clearAway(chores, { moments, signal: new AbortController().signal });
  expect(seen).toEqual([
    { what: "files", count: 1 },
    "files failed",
    { what: "guests", count: 1 },
    { what: "guests", count: 2 },
  ]);
  expect((await passed).deleted).toEqual({ files: 1, guests: 3 });
});

test("asked to stop it leaves after the batch that it is at", async () => {
  const { moments, seen } = watchMoments();
  const stopping = new AbortController();
  moments.on("retention.deleted", () => stopping.abort());
  const chores = [
    { what: "files" as const, batches: three },
    { what: "guests" as const, batches: three },
  ];
  await clearAway(chores, { moments, signal: stopping.signal });
  expect(seen).toEqual([{ what: "files", count: 1 }]);
});
