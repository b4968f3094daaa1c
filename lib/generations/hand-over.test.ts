import { afterEach, expect, test } from "vitest";
import { announceConversation } from "#lib/conversations/announce";
import { ask, isIdle, snapshotWhen, startTestServer, textOf } from "#lib/conversations/test-server";
import { testDatabase } from "#lib/database/test-database";
import { openTestLog } from "#lib/log/test-log";
import type { Chunk, Snapshot } from "#lib/protocol/event";
import { claim } from "./claim.ts";
import { ATTEMPTS_MAX } from "./limits.ts";

const database = await testDatabase();
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const NEVER = new Promise<void>(() => undefined);

/** A server whose platform gives it a limited time, in which a request keeps it awake. */
function startFunction() {
  const server = startTestServer(database.url, { FUNCTION_LIMIT_MS: "60000" });
  stops.push(server.stop);
  const { awake } = server;
  if (!awake) throw new Error("it knows no limit");
  void awake.hold(NEVER);
  return { server, leave: awake.leave };
}

const wordsOf = ({ messages }: Snapshot) =>
  (messages.at(-1)?.parts ?? []).map((part) => "text" in part && part.text);

test("an answer is whole though more workers than it has tries ran out of time in the middle of it", async () => {
  let { server, leave } = startFunction();
  const asked = await ask(server, "count to 60, 50 ms apart");
  for (let times = 1; times <= ATTEMPTS_MAX + 1; times += 1) {
    await snapshotWhen(server, asked, (now) => textOf(now, asked.sent.answerId).length > 10 * times);
    await leave();
    ({ server, leave } = startFunction());
  }
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(textOf(snapshot, asked.sent.answerId)).toMatch(/^1 2 3 .* 58 59 60$/);
  expect(textOf(snapshot, asked.sent.answerId).split(" ")).toHaveLength(60);
  expect(snapshot.messages.at(-1)?.parts.map(({ type }) => type)).toEqual(["step-start", "text"]);
  expect(snapshot.generations[0]).toMatchObject({ status: "completed", attempt: ATTEMPTS_MAX + 2 });
});

test("an answer of which nothing is said in all that time ends, and says why", async () => {
  let { server, leave } = startFunction();
  const asked = await ask(server, "think 10000, 20 ms apart, then count to 3");
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    await snapshotWhen(
      server,
      asked,
      (snapshot) => snapshot.generations[0]?.attempt === attempt && wordsOf(snapshot).length > 0,
    );
    await leave();
    ({ server, leave } = startFunction());
  }
  const { generations } = await snapshotWhen(server, asked, isIdle);
  expect(generations[0]).toMatchObject({
    status: "failed",
    attempt: ATTEMPTS_MAX,
    error: { code: "out-of-time" },
  });
});

test("a text that was gone on with by a worker that died is gone on with once more", async () => {
  const idle = startTestServer(database.url, { FUNCTION_LIMIT_MS: "60000" });
  stops.push(idle.stop); // Nobody keeps it awake, so it begins nothing.
  const asked = await ask(idle, "count to 5, 1 ms apart");
  const begun: Chunk[] = [{ type: "start-step" }, { type: "text-start", id: "its own" }];
  await claimAndDie([...begun, { type: "text-delta", id: "its own", delta: "1 2" }]);
  await claimAndDie([{ type: "text-delta", id: "its own", delta: " 3" }]);
  const { server } = startFunction();
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(snapshot.messages.at(-1)?.parts).toEqual([
    { type: "step-start" },
    { type: "text", text: "1 2 3 4 5", state: "done" },
  ]);
  expect(snapshot.generations[0]).toMatchObject({ status: "completed", attempt: 3 });
});

/** Claims as a worker would that then dies: it wrote these chunks, and its lease runs out. */
async function claimAndDie(chunks: Chunk[]): Promise<void> {
  const worker = {
    database: database.db,
    workerId: "dead",
    leaseTtlMs: 15_000,
    hasSideEffects: () => false,
    goesOn: true,
    conversationChanged: announceConversation,
  };
  const { claims } = await claim(worker, { room: 1, dead: new Map() });
  const [taken] = claims;
  if (!taken) throw new Error("there was nothing to claim");
  const log = openTestLog(database.url);
  const writer = log.flusher.open(taken.pen);
  await writer.write(chunks);
  await writer.flush();
  await log.stop();
  await database.sql`update logs set lease_expires_at = now() - interval '1 second' where log_id = ${taken.pen.logId}`;
}
