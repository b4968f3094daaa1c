import { afterAll, expect, test } from "vitest";
import { testDatabase } from "#lib/database/test-database";
import { readHeads } from "#lib/log/read";
import { readAll } from "#lib/log/read-all";
import type { ConversationEntry, Snapshot } from "#lib/protocol/event";
import { foldEntries } from "#lib/protocol/fold";
import { newId } from "#lib/protocol/ids";
import { cancelGeneration } from "./cancel-generation.ts";
import { changeConversation } from "./change-conversation.ts";
import { loadSnapshot } from "./load-snapshot.ts";
import { regenerate } from "./regenerate.ts";
import { sendPrompt } from "./send-prompt.ts";
import { ask, isIdle, snapshotWhen, startTestServer, textPrompt } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

/** What a reader knows who has read the log, entry by entry as it was committed, from its first to `sequence`. */
async function foldedTo(sequence: number, empty: Snapshot): Promise<Snapshot> {
  const rows = await database.sql<{ sequence: number; text: string }[]>`
    select sequence, event::text as text from entries
    where log_id = ${empty.conversation.id} and sequence <= ${sequence} order by sequence`;
  const entries = rows.map(
    (row): ConversationEntry => ({
      first: row.sequence,
      sequence: row.sequence,
      event: JSON.parse(row.text),
    }),
  );
  return foldEntries(empty, entries);
}

test("a snapshot taken at any moment is the fold of the log up to its number", async () => {
  const asked = await ask(server, "think 20, then count to 60, 2 ms apart");
  await sendPrompt(server, { ...asked, prompt: textPrompt("what time is it") });
  const seen: Snapshot[] = [];
  await snapshotWhen(server, asked, (snapshot) => {
    seen.push(snapshot);
    return isIdle(snapshot);
  });
  expect(seen.some(({ generations }) => generations[0]?.status === "running")).toBe(true);
  const [first] = seen as [Snapshot];
  const empty: Snapshot = { ...first, messages: [], generations: [], sequence: 0 };
  for (const snapshot of seen) {
    expect(await foldedTo(snapshot.sequence, empty)).toEqual(snapshot);
  }
  const running = seen.find(({ generations }) => generations[0]?.status === "running") as Snapshot;
  // The log of an answer in flight is read whole, then joined: a reader who has the snapshot goes on from it.
  const head = (await readHeads(server.database, [asked.conversationId])).get(asked.conversationId) ?? 0;
  const rest = await readAll(server.database, { logId: asked.conversationId, after: running.sequence, head });
  const gone = foldEntries(
    running,
    rest.map(({ text, ...place }) => ({ ...place, event: JSON.parse(text) })),
  );
  expect(gone).toEqual(await loadSnapshot(server.database, asked));
});

test("a part that is being written says so, and names the chunks that will go on with it", async () => {
  const asked = await ask(server, "stall after 3");
  const snapshot = await snapshotWhen(
    server,
    asked,
    ({ messages }) =>
      messages.at(-1)?.parts.some((part) => part.type === "text" && part.text.endsWith("3")) ?? false,
  );
  expect(snapshot.messages.at(-1)?.parts.at(-1)).toMatchObject({
    type: "text",
    text: "1 2 3",
    state: "streaming",
    chunkId: expect.any(String),
  });
  await cancelGeneration(server, { ...asked, generationId: asked.sent.generationId });
});

test("renames, branches and other answers are in the log like everything else", async () => {
  const asked = await ask(server, "count to 3, 1 ms apart");
  const before = await snapshotWhen(server, asked, isIdle);
  const empty: Snapshot = { ...before, messages: [], generations: [], sequence: 0 };
  await changeConversation(server, { ...asked, change: { title: "Numbers", pinned: true } });
  await regenerate(server, { ...asked, messageId: asked.sent.answerId, body: { id: newId() } });
  await snapshotWhen(server, asked, isIdle);
  await changeConversation(server, { ...asked, change: { leafId: asked.sent.answerId } });
  const after = await loadSnapshot(server.database, asked);
  expect(after.conversation).toMatchObject({ title: "Numbers", pinned: true, leafId: asked.sent.answerId });
  expect(after.messages).toHaveLength(3);
  expect(await foldedTo(after.sequence, empty)).toEqual(after);
});
