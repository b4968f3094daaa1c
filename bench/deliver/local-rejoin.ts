import { setTimeout as pause } from "node:timers/promises";
import { UNLIMITED } from "#lib/accounts/limits";
import { addTestAccount } from "#lib/accounts/test-account";
import { announceConversation } from "#lib/conversations/announce";
import type { Deps } from "#lib/conversations/deps";
import { sendPrompt } from "#lib/conversations/send-prompt";
import { createDatabase } from "#lib/database/client";
import { createWorker } from "#lib/generations/worker";
import { createLog } from "#lib/log/log";
import { createMoments } from "#lib/moments";
import type { Chunk } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import type { Context } from "../bench.ts";
import { type Speech, THINK_MS } from "../provider.ts";
import { stamp } from "../stamp.ts";

/** Everything that a server has, in this process and without its addresses; its model only says stamped words. */
export type LocalRejoin = {
  log: Deps["log"];
  /** Sends a prompt into a new conversation. Its log's id, and where the answer begins. */
  ask(speech: Speech): Promise<{ logId: string; after: number }>;
};

const CONNECTIONS = 10;
const LEASE_TTL_MS = 15_000;

export async function openLocalRejoin(context: Context, url: string): Promise<LocalRejoin> {
  const pool = createDatabase(url, { max: CONNECTIONS, name: "bench" });
  const flush = createDatabase(url, { max: 1, name: "bench flush" });
  const workerId = `bench:${newId()}`;
  const moments = createMoments();
  const speeches = new Map<string, Speech>();
  const log = createLog({
    database: pool.db,
    sql: pool.sql,
    flushSql: flush.sql,
    listenUrl: url,
    workerId,
    leaseTtlMs: LEASE_TTL_MS,
    onLeft: () => undefined,
    moments,
  });
  const worker = createWorker({
    database: pool.db,
    flusher: log.flusher,
    committed: log.committed,
    left: log.leave,
    hasSideEffects: () => false,
    conversationChanged: announceConversation,
    reply: async ({ generation }) => ({
      chunks: speak(speeches.get(generation.conversationId)),
      usage: Promise.resolve(undefined),
    }),
    explain: (error) => ({ code: "internal", detail: String(error) }),
    instanceId: workerId,
    workerId,
    leaseTtlMs: LEASE_TTL_MS,
    moments,
  });
  const deps: Deps = {
    database: pool.db,
    log,
    limits: UNLIMITED,
    moments,
    wakeWorker: worker.wake,
    models: { mustHave: async () => undefined, defaultId: async () => "bench/bench" },
  };
  context.endWith(async () => {
    await worker.stop();
    await log.stop();
    await Promise.all([pool.end(), flush.end()]);
  });
  if (!log.isListening()) await new Promise<void>((resolve) => moments.on("listen.up", () => resolve()));
  return {
    log,
    async ask(speech) {
      const [accountId, conversationId] = [await addTestAccount(pool.db), newId()];
      speeches.set(conversationId, speech);
      const prompt = { id: newId(), parts: [{ type: "text" as const, text: "speak" }] };
      const { sent } = await sendPrompt(deps, { accountId, conversationId, prompt });
      return { logId: conversationId, after: sent.sequence };
    },
  };
}

async function* speak(speech: Speech | undefined): AsyncGenerator<Chunk> {
  if (!speech) throw new Error("nobody said what to say");
  const { words, apartMs } = speech;
  const startsAtMs = performance.now() + THINK_MS;
  yield { type: "start" };
  yield { type: "start-step" };
  yield { type: "text-start", id: "0" };
  for (let said = 0; said < words; said += 1) {
    await pause(Math.max(0, startsAtMs + said * apartMs - performance.now()));
    yield { type: "text-delta", id: "0", delta: stamp() };
  }
  yield { type: "text-end", id: "0" };
  yield { type: "finish-step" };
  yield { type: "finish" };
}
