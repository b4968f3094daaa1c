import type { Api } from "#e2e/api";
import { UNLIMITED } from "#lib/accounts/limits";
import { announceConversation } from "#lib/conversations/announce";
import { sendPrompt } from "#lib/conversations/send-prompt";
import { createDatabase } from "#lib/database/client";
import { claim } from "#lib/generations/claim";
import type { Pen } from "#lib/log/pen";
import { openTestLog, type TestLog } from "#lib/log/test-log";
import { createMoments } from "#lib/moments";
import { newId } from "#lib/protocol/ids";
import type { Context } from "../bench.ts";
import { tokenAt } from "../tokens.ts";

/** An answer that is being written and has come so far. Its model is silent while readers join. */
export type InFlight = {
  conversationId: string;
  tokens: number;
  entries: number;
  /** The last sequence of whoever has so much of it: from 0, nothing of the answer, to 1. */
  at(share: number): number;
  /** What they do not have. */
  textAfter(share: number): string;
};

/** At fifty tokens a second no entry of an answer that is followed holds fewer, but for its first. */
export const TOKENS_PER_ENTRY = 2;
const LEASE_TTL_MS = 15_000;

/** Writes answers through the flusher, entry by entry, as a worker of another server would. */
export async function openWriter(context: Context, url: string) {
  const handle = createDatabase(url, { max: 4, name: "bench" });
  const workerId = `bench:${newId()}`;
  // What is written before anybody joins need not survive a power cut, and tens of thousands of commits take a while.
  const log = openTestLog(url, { flushUrl: `${url}?synchronous_commit=off`, workerId });
  context.endWith(async () => {
    await log.stop();
    await handle.end();
  });

  /** An answer that was just promised, and its pen in our hand. */
  async function takeAnswer(api: Api): Promise<Pen> {
    for (;;) {
      const conversationId = await sendSomething(api);
      const { claims, appended } = await claim(
        {
          database: handle.db,
          workerId,
          leaseTtlMs: LEASE_TTL_MS,
          hasSideEffects: () => false,
          conversationChanged: announceConversation,
        },
        { room: 1 },
      );
      log.committed(appended);
      const own = claims.find(({ pen }) => pen.logId === conversationId);
      if (own) return own.pen;
      // The server's worker is there too, looked around in this very moment, and was first.
    }
  }

  async function sendSomething(api: Api): Promise<string> {
    const { id: conversationId } = await api.create();
    const [row] = await handle.sql<{ accountId: string }[]>`
      select account_id as "accountId" from conversations where id = ${conversationId}`;
    if (!row) throw new Error("a new conversation is nobody's");
    await sendPrompt(
      {
        database: handle.db,
        log,
        limits: UNLIMITED,
        moments: createMoments(),
        wakeWorker: () => undefined,
        models: { mustHave: async () => undefined, defaultId: async () => "bench/bench" },
      },
      { ...row, conversationId, prompt: { id: newId(), parts: [{ type: "text", text: "speak" }] } },
    );
    return conversationId;
  }

  return {
    async begin(api: Api, tokens: number): Promise<InFlight> {
      const pen = await takeAnswer(api);
      const conversationId = pen.logId;
      const start = await headOf(log, conversationId);
      await write(log, { pen, tokens });
      const entries = (await headOf(log, conversationId)) - start;
      if (entries !== tokens / TOKENS_PER_ENTRY)
        throw new Error("the entries are not as long as they should be");
      const had = (share: number) => Math.floor(entries * share);
      return {
        conversationId,
        tokens,
        entries,
        at: (share) => start + had(share),
        textAfter: (share) => spoken(had(share) * TOKENS_PER_ENTRY, tokens).join(""),
      };
    },
  };
}

async function write(log: TestLog, { pen, tokens }: { pen: Pen; tokens: number }): Promise<void> {
  // It stays open: the answer goes on as far as anybody can see.
  const writer = log.flusher.open(pen);
  await writer.write([{ type: "start" }, { type: "start-step" }, { type: "text-start", id: "0" }]);
  for (let said = 0; said < tokens; said += TOKENS_PER_ENTRY) {
    const words = spoken(said, said + TOKENS_PER_ENTRY);
    await writer.write(words.map((delta) => ({ type: "text-delta", id: "0", delta })));
    log.flusher.touch([pen.logId]);
    await writer.flush();
  }
}

const spoken = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => tokenAt(from + index));

async function headOf(log: TestLog, logId: string): Promise<number> {
  const enough = new AbortController();
  for await (const item of log.follow({ places: [{ logId, after: 0 }], signal: enough.signal })) {
    if (item.kind === "caught-up") return item.sequence;
  }
  throw new Error("the log could not be read");
}
