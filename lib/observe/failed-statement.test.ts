import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { logs } from "#drizzle/schema";
import { testDatabase } from "#lib/database/test-database";
import { parseSettings } from "#lib/env";
import { createMoments } from "#lib/moments";
import { createLogger, logMoments } from "./log-lines.ts";

const { db } = await testDatabase();

/** What is printed of an error, as text and as JSON. */
function printed(error: unknown): string[] {
  return ["text", "json"].map((LOG_FORMAT) => {
    const lines: string[] = [];
    const moments = createMoments();
    logMoments(
      moments,
      createLogger(parseSettings({ LOG_FORMAT }), { write: (line) => void lines.push(line) }),
    );
    moments.emit("request.failed", { error });
    moments.emit("log.append-failed", { error });
    return lines.join("");
  });
}

const failureOf = (work: PromiseLike<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test("of a statement that failed its reason and itself are printed, and nothing of what it was given", async () => {
  const logId = randomUUID();
  await db.insert(logs).values({ logId });
  const failures = [
    failureOf(db.insert(logs).values({ logId, workerId: "what somebody wrote" })),
    failureOf(db.execute(sql`select ${"what somebody wrote"}::text, 1 / ${0}::int`)),
    failureOf(
      db.transaction((inner) =>
        inner.execute(sql`select ${"what somebody wrote\n    at all"}::text from nowhere`),
      ),
    ),
  ];
  const reasons = [/duplicate key value.*23505/s, /division by zero/, /nowhere\W* does not exist/];
  for (const [index, failure] of failures.entries()) {
    for (const text of printed(new Error("Wrapped.", { cause: await failure }))) {
      expect(text).toMatch(reasons[index] as RegExp);
      expect(text).not.toMatch(/somebody wrote|at all/);
    }
    for (const text of printed(await failure)) {
      expect(text).toMatch(reasons[index] as RegExp);
      expect(text).toContain("in: ");
      expect(text).not.toMatch(/somebody wrote|at all/);
      expect(text).not.toContain(logId);
    }
  }
});
