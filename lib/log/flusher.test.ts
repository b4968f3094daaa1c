import { spawn } from "node:child_process";
import { connect, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { testDatabase } from "#lib/database/test-database";
import { coalesceChunks } from "#lib/protocol/coalesce";
import type { Chunk, ConversationEntry, Message, Snapshot } from "#lib/protocol/event";
import { everyChunk } from "#lib/protocol/every-chunk.fixture";
import { foldEntries } from "#lib/protocol/fold";
import type { Writer } from "./flusher.ts";
import { FLUSH_MAX_WRITERS } from "./limits.ts";
import type { Pen } from "./pen.ts";
import { readAfter } from "./read.ts";
import { readAll } from "./read-all.ts";
import type { StoredEntry } from "./stored-entry.ts";
import { beginAnswer, counting, delta, openTestLog, type TestLog, textEnd, textStart } from "./test-log.ts";

const database = await testDatabase();
const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function open(...options: Parameters<typeof openTestLog>): TestLog {
  const log = openTestLog(...options);
  stops.push(log.stop);
  return log;
}

/** What a reader of this log ends up with. Throws at a gap. */
function answerIn(entries: StoredEntry[], { conversationId: id, createdAt }: Message): Message | undefined {
  const conversation = {
    id,
    title: "",
    model: null,
    instructions: null,
    pinned: false,
    archived: false,
    leafId: null,
  };
  const empty: Snapshot = {
    conversation: { ...conversation, createdAt, updatedAt: createdAt },
    messages: [],
    generations: [],
    sequence: 0,
  };
  const parsed = entries.map(
    ({ text, ...place }): ConversationEntry => ({ ...place, event: JSON.parse(text) }),
  );
  return foldEntries(empty, parsed).messages[0];
}

const textOf = (message: Message | undefined) =>
  message?.parts.map((part) => (part.type === "text" ? part.text : "")).join("");

/** Logs with nothing in them but a pen, at the price of one statement. */
const addAnswers = (count: number): Promise<Pen[]> => database.sql<Pen[]>`
  insert into logs (log_id, generation_id, attempt, position, worker_id, lease_expires_at)
  select gen_random_uuid(), gen_random_uuid(), 1, 0, 'test', now() + interval '1 minute' from generate_series(1, ${count})
  returning log_id as "logId", generation_id as "generationId", attempt, position`;

/** Follows until the answer's text has ended. */
async function readToEnd(log: TestLog, logId: string, after = 0): Promise<StoredEntry[]> {
  const told: StoredEntry[] = [];
  for await (const item of log.follow({ places: [{ logId, after }], signal: AbortSignal.timeout(30_000) })) {
    if (item.kind !== "entries") continue;
    told.push(...item.entries);
    if (item.entries.some(({ text }) => text.includes('"text-end"'))) return told;
  }
  throw new Error("the answer did not end");
}

/** The same, in a process of its own. It is there once it has told the first entry of each log. */
async function readToEndElsewhere(logIds: string[], listenUrl = database.url) {
  const program = fileURLToPath(new URL("./follower.fixture.ts", import.meta.url));
  const child = spawn(process.execPath, [program, database.url, listenUrl, ...logIds], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  stops.push(() => void child.kill());
  const told = new Map<string, StoredEntry[]>(logIds.map((logId) => [logId, []]));
  const isThere = Promise.withResolvers<void>();
  const read = async () => {
    let unended = logIds.length;
    for await (const line of createInterface({ input: child.stdout })) {
      const { logId, ...entry } = JSON.parse(line);
      told.get(logId)?.push(entry);
      if ([...told.values()].every((entries) => entries.length > 0)) isThere.resolve();
      if (entry.text.includes('"text-end"')) unended -= 1;
      if (unended === 0) child.stdin.end();
    }
    return told;
  };
  const ended = read();
  await isThere.promise;
  return { ended };
}

test("fifty generations at once, followed here and in another process: dense numbers, no gap, no double, equal folds", async () => {
  const log = open(database.url);
  const answers = await Promise.all(Array.from({ length: 50 }, () => beginAnswer(database)));
  const logIds = answers.map(({ pen }) => pen.logId);
  const elsewhere = await readToEndElsewhere(logIds);
  const here = Promise.all(logIds.map((logId) => readToEnd(log, logId)));
  await Promise.all(
    answers.map(async ({ pen }) => {
      const writer = log.flusher.open(pen);
      for (const chunk of counting(200)) {
        await writer.write([chunk]);
        // Lets others speak in between, as models do.
        await new Promise(setImmediate);
      }
      await writer.flush();
      writer.close();
    }),
  );
  const [toldHere, toldElsewhere] = await Promise.all([here, elsewhere.ended]);
  const whole = Array.from({ length: 200 }, (_, index) => `${index} `).join("");
  for (const [index, { message, pen }] of answers.entries()) {
    const stored = await readAll(database.db, {
      logId: pen.logId,
      after: 0,
      head: toldHere[index]?.at(-1)?.sequence ?? 0,
    });
    const folds = [stored, toldHere[index] ?? [], toldElsewhere.get(pen.logId) ?? []].map((entries) =>
      answerIn(entries, message),
    );
    expect(textOf(folds[0])).toBe(whole);
    expect(folds[1]).toEqual(folds[0]);
    expect(folds[2]).toEqual(folds[0]);
  }
});

test("with every NOTIFY lost, another process still gets everything, by its poll", async () => {
  const log = open(database.url);
  const { pen, message } = await beginAnswer(database);
  // NOTIFY is heard within one database: who listens in another hears nothing.
  const deaf = Object.assign(new URL(database.url), { pathname: "/postgres" }).href;
  const elsewhere = await readToEndElsewhere([pen.logId], deaf);
  const writer = log.flusher.open(pen);
  for (const chunk of counting(30)) await writer.write([chunk]);
  await writer.flush();
  const told = (await elsewhere.ended).get(pen.logId) ?? [];
  expect(textOf(answerIn(told, message))).toBe(
    Array.from({ length: 30 }, (_, index) => `${index} `).join(""),
  );
});

test("a LISTEN session that is killed in mid-answer costs nobody a word", async () => {
  const [writing, reading] = [open(database.url), open(database.url)];
  const { pen, message } = await beginAnswer(database);
  const told = readToEnd(reading, pen.logId);
  const writer = writing.flusher.open(pen);
  await writer.write([textStart, delta("before ")]);
  await writer.flush();
  const lost = new Promise<void>((resolve) => reading.moments.on("listen.down", () => resolve()));
  await until(async () => {
    const killed = await database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'rejoin listen' and datname = current_database()`;
    return killed.length >= 2;
  });
  await lost;
  await writer.write([delta("after"), textEnd]);
  await writer.flush();
  expect(textOf(answerIn(await told, message))).toBe("before after");
  await new Promise<void>((resolve) =>
    reading.isListening() ? resolve() : reading.moments.on("listen.up", () => resolve()),
  );
});

test("a commit whose acknowledgement is lost is not written again", async () => {
  const proxy = await cuttingProxy(database.url);
  const log = open(database.url, { flushUrl: proxy.url });
  const { pen, message } = await beginAnswer(database);
  const told = readToEnd(log, pen.logId);
  const writer = log.flusher.open(pen);
  await writer.write([textStart, delta("once ")]);
  await writer.flush();
  proxy.cutNextReply();
  await writer.write([delta("only "), textEnd]);
  await writer.flush();
  expect(proxy.cuts()).toBe(1);
  expect(textOf(answerIn(await told, message))).toBe("once only ");
  const stored = await readAfter(database.db, { logId: pen.logId, after: 0 });
  expect(textOf(answerIn(stored, message))).toBe("once only ");
});

test("a writer whose pen was taken writes nothing more and is told", async () => {
  const log = open(database.url);
  const { pen } = await beginAnswer(database);
  const writer = log.flusher.open(pen);
  await writer.write([textStart, delta("mine")]);
  await writer.flush();
  const before = await readAfter(database.db, { logId: pen.logId, after: 0 });
  await database.sql`update logs set attempt = attempt + 1 where log_id = ${pen.logId}`;
  await writer.write([delta(" not mine"), textEnd]);
  await expect(writer.flush()).rejects.toMatchObject({ code: "lease-lost" });
  expect(writer.lost.aborted).toBe(true);
  expect(await readAfter(database.db, { logId: pen.logId, after: 0 })).toEqual(before);
});

test("a writer ahead of the database pauses its model instead of filling the memory", async () => {
  const log = open(database.url);
  const { pen } = await beginAnswer(database);
  const blocked = database.sql.begin(async (sql) => {
    await sql`select from logs where log_id = ${pen.logId} for update`;
    const writer = log.flusher.open(pen);
    const text = "x".repeat(256 * 1024);
    const writes = [0, 1, 2, 3].map(() => writer.write([delta(text)]));
    const early = await Promise.race([
      Promise.all(writes).then(() => "taken"),
      sql`select 1`.then(() => "waiting"),
    ]);
    return { early, writer };
  });
  const { early, writer } = await blocked;
  expect(early).toBe("waiting");
  await writer.flush();
});

test("nobody is passed over when more is due than one statement takes", async () => {
  const log = open(database.url);
  const pens = await addAnswers(FLUSH_MAX_WRITERS + 1);
  const writers = pens.map((pen) => log.flusher.open(pen));
  const commits = writers.map(() => 0);
  const most = 5;
  const speak = async (writer: Writer, index: number) => {
    for (let turn = 0; turn < most; turn += 1) {
      await writer.write([textEnd]);
      await writer.flush();
      commits[index] = turn + 1;
    }
  };
  const speaking = writers.slice(0, -1).map(speak);
  const last = writers.at(-1) as Writer;
  await last.write([textEnd]);
  await last.flush();
  expect(Math.max(...commits)).toBeLessThan(most);
  await Promise.all(speaking);
});

test("a surrogate pair that falls between two flushes arrives whole", async () => {
  const log = open(database.url);
  const { pen, message } = await beginAnswer(database);
  const writer = log.flusher.open(pen);
  await writer.write([textStart, delta("a\ud83d")]);
  await until(async () => (await readAfter(database.db, { logId: pen.logId, after: 2 })).length > 0);
  await writer.write([delta("\ude00b"), textEnd]);
  await writer.flush();
  expect(textOf(answerIn(await readAfter(database.db, { logId: pen.logId, after: 0 }), message))).toBe(
    "a😀b",
  );
});

test.each(Object.entries(everyChunk))("%s comes out of the log as it went in", async (_, chunks) => {
  const log = open(database.url);
  const { pen } = await beginAnswer(database);
  const told = log.follow({ places: [{ logId: pen.logId, after: 2 }], signal: AbortSignal.timeout(20_000) });
  const writer = log.flusher.open(pen);
  await writer.write(chunks);
  await writer.flush();
  const read: Chunk[] = [];
  const wanted = coalesceChunks(chunks);
  for await (const item of told) {
    if (item.kind !== "entries") continue;
    for (const { text } of item.entries) read.push(...(JSON.parse(text) as { chunks: Chunk[] }).chunks);
    if (coalesceChunks(read).length >= wanted.length) break;
  }
  expect(coalesceChunks(read)).toEqual(JSON.parse(JSON.stringify(wanted)));
});

test("what cannot be written down ends its own writer and nobody else's", async () => {
  const log = open(database.url);
  const [deep, other] = [await beginAnswer(database), await beginAnswer(database)];
  let output: unknown = 0;
  for (let depth = 0; depth < 20_000; depth += 1) output = [output];
  const [hostile, writer] = [log.flusher.open(deep.pen), log.flusher.open(other.pen)];
  const written = hostile
    .write([{ type: "tool-output-available", toolCallId: "1", output }])
    .then(hostile.flush);
  await expect(written).rejects.toThrow(RangeError);
  await writer.write([textStart, delta("undisturbed"), textEnd]);
  await writer.flush();
  const stored = await readAfter(database.db, { logId: other.pen.logId, after: 0 });
  expect(textOf(answerIn(stored, other.message))).toBe("undisturbed");
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A way to Postgres that can be cut at the moment when an answer comes back: the work is done, nobody is told. */
async function cuttingProxy(url: string) {
  const target = new URL(url);
  let isCutting = false;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    sockets.add(client).add(upstream);
    client.pipe(upstream);
    upstream.on("data", (bytes) => {
      if (!isCutting) return client.write(bytes);
      isCutting = false;
      cuts += 1;
      client.destroy();
      upstream.destroy();
    });
    for (const socket of [client, upstream]) {
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        client.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return {
    url: Object.assign(new URL(url), { hostname: "127.0.0.1", port: String(port) }).href,
    cutNextReply: () => {
      isCutting = true;
    },
    cuts: () => cuts,
  };
}
