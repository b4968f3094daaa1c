import { afterEach, expect, test } from "vitest";
import { announceConversation } from "#lib/conversations/announce";
import { giveApproval } from "#lib/conversations/give-approval";
import { loadSnapshot } from "#lib/conversations/load-snapshot";
import { answerOf, askingTools, asksIn } from "#lib/conversations/test-approvals";
import { ask, isIdle, snapshotWhen, testSettings } from "#lib/conversations/test-server";
import { testDatabase } from "#lib/database/test-database";
import { LEASE_TTL_MS, openTestLog } from "#lib/log/test-log";
import type { Chunk, Snapshot } from "#lib/protocol/event";
import { foldEntries } from "#lib/protocol/fold";
import { newId } from "#lib/protocol/ids";
import { createServer } from "#lib/server";
import { claim } from "./claim.ts";

// A generation that goes on with the message of another, after somebody allowed what a tool had asked for, and whose
// worker is killed in the middle of it.

const database = await testDatabase();
const NOT_REPEATED = "Interrupted. It may have taken effect, so it was not run again.";
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function serverWith(notes: string[], looks: string[] = []) {
  const tools = askingTools(notes, looks);
  const server = createServer(testSettings(database.url, { SHUTDOWN_GRACE_MS: "0" }), { tools });
  ends.push(server.stop);
  return server;
}

const deps = {
  database: database.db,
  workerId: "dead",
  leaseTtlMs: LEASE_TTL_MS,
  hasSideEffects: (name: string) => name !== "look",
  conversationChanged: announceConversation,
};

/** Has a tool ask, allows it, dies after these chunks of what follows, and is taken over. */
async function dieAfterLeave(toolName: string, chunksOf: (toolCallId: string) => Chunk[]) {
  const asking = serverWith([]);
  asking.start();
  const asked = await ask(asking, `call ${toolName} {"text":"hello"}`);
  const before = await snapshotWhen(asking, asked, isIdle);
  // It is gone, and nobody else is there to answer.
  await asking.stop();
  ends.length = 0;

  const [notes, looks]: [string[], string[]] = [[], []];
  const server = serverWith(notes, looks);
  const [id, approvalId = ""] = [newId(), asksIn(before)[0]];
  const { accountId, conversationId } = asked;
  await giveApproval(
    { ...server, wakeWorker: () => {} },
    { accountId, messageId: answerOf(before).id, body: { id, approvalId, approved: true } },
  );
  const { claims } = await claim(deps, { room: 1 });
  const [, call] = answerOf(before).parts;
  const log = openTestLog(database.url);
  for (const { pen } of claims) {
    const writer = log.flusher.open(pen);
    await writer.write(chunksOf(call && "toolCallId" in call ? call.toolCallId : ""));
    await writer.flush();
  }
  await log.stop();
  await database.sql`update logs set lease_expires_at = now() - interval '1 second' where log_id = ${conversationId}`;

  server.start();
  const snapshot = await snapshotWhen(server, asked, isIdle);
  expect(snapshot.generations).toMatchObject([{ attempt: 1 }, { id, attempt: 2, status: "completed" }]);
  expect(await everythingFolded(snapshot)).toEqual(snapshot);
  return { parts: answerOf(snapshot).parts, notes, looks };
}

/** What somebody has who followed from the first entry on. */
async function everythingFolded(loaded: Snapshot): Promise<Snapshot> {
  const rows = await database.sql<{ sequence: string; event: never }[]>`
    select sequence, event from entries
    where log_id = ${loaded.conversation.id} and sequence <= ${loaded.sequence} order by sequence`;
  const entries = rows.map(({ sequence, event }) => ({
    first: Number(sequence),
    sequence: Number(sequence),
    event,
  }));
  return foldEntries({ ...loaded, messages: [], generations: [], sequence: 0 }, entries);
}

const asked = { type: "step-start" };
const saidAnew: Chunk[] = [
  { type: "start-step" },
  { type: "text-start", id: "0" },
  { type: "text-delta", id: "0", delta: "Half a sen" },
];

test("a tool with side effects that may have begun is not run again, and the model hears it", async () => {
  const { parts, notes } = await dieAfterLeave("write_note", () => [{ type: "start" }]);
  expect(notes).toEqual([]);
  expect(parts).toMatchObject([
    asked,
    { type: "tool-write_note", state: "output-error", input: { text: "hello" }, errorText: NOT_REPEATED },
    { type: "step-start" },
    { type: "text", text: `\`write_note\` said: ${NOT_REPEATED}` },
  ]);
});

test("a result that was committed is kept, and what was half-written after it is written anew", async () => {
  const { parts, notes } = await dieAfterLeave("write_note", (toolCallId) => [
    { type: "tool-output-available", toolCallId, output: "Noted before." },
    ...saidAnew,
  ]);
  expect(notes).toEqual([]);
  expect(parts).toMatchObject([
    asked,
    { type: "tool-write_note", state: "output-available", output: "Noted before." },
    { type: "step-start" },
    { type: "text", text: "`write_note` said: Noted before." },
  ]);
});

test("a tool without side effects is run again, and what it had said on its way is not taken for a result", async () => {
  const again = await dieAfterLeave("look", () => [{ type: "start" }]);
  expect(again.looks).toEqual(["hello"]);
  expect(again.parts).toMatchObject([asked, { state: "output-available", output: "Seen: hello" }, {}, {}]);

  const { parts, looks } = await dieAfterLeave("look", (toolCallId) => [
    { type: "tool-output-available", toolCallId, output: { progress: "Looking…" }, preliminary: true },
  ]);
  expect(looks).toEqual([]);
  expect(parts).toMatchObject([
    asked,
    { state: "output-error", errorText: "Interrupted before it finished." },
    { type: "step-start" },
    { type: "text" },
  ]);
});

test("a step that ended in another question is whole: nobody is asked before somebody has answered", async () => {
  const { parts } = await dieAfterLeave("write_note", (toolCallId) => [
    { type: "tool-output-available", toolCallId, output: "Noted before." },
    { type: "start-step" },
    { type: "tool-input-available", toolCallId: "call_2", toolName: "write_note", input: { text: "more" } },
    { type: "tool-approval-request", toolCallId: "call_2", approvalId: "approval_2" },
    { type: "finish-step" },
  ]);
  expect(parts).toMatchObject([
    asked,
    { state: "output-available" },
    { type: "step-start" },
    { toolCallId: "call_2", state: "approval-requested" },
  ]);
  expect(parts).toHaveLength(4);
});

test("what is written by an attempt that nobody took over is there in every snapshot on the way", async () => {
  const server = serverWith([]);
  server.start();
  const conversation = await ask(server, 'call write_note {"text":"hello"}');
  const before = await snapshotWhen(server, conversation, isIdle);
  const body = { id: newId(), approvalId: asksIn(before)[0] ?? "", approved: true };
  const { accountId } = conversation;
  await giveApproval(server, { accountId, messageId: answerOf(before).id, body });
  for await (const _ of server.log.follow({
    places: [{ logId: conversation.conversationId, after: before.sequence }],
    signal: AbortSignal.timeout(20_000),
  })) {
    const snapshot = await loadSnapshot(server.database, conversation);
    expect(await everythingFolded(snapshot)).toEqual(snapshot);
    if (isIdle(snapshot) && snapshot.generations.length === 2) break;
  }
});
