import type { Api } from "#e2e/api";
import { announceConversation } from "#lib/conversations/announce";
import { sendPrompt } from "#lib/conversations/send-prompt";
import { createDatabase } from "#lib/database/client";
import { type Claim, claim } from "#lib/generations/claim";
import { openTestLog, type TestLog } from "#lib/log/test-log";
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

/** Fifty tokens a second that are told every 40 ms: as many entries as an answer can have. */
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

  /** The server is there too, and takes what lies about. */
  async function claimOne(conversationId: string): Promise<Claim> {
    const deps = {
      database: handle.db,
      workerId,
      leaseTtlMs: LEASE_TTL_MS,
      hasSideEffects: () => false,
      conversationChanged: announceConversation,
    };
    const { claims, appended } = await claim(deps, { room: 1 });
    log.committed(appended);
    const [own] = claims;
    if (own?.pen.logId !== conversationId)
      throw new Error("the server took the answer before the bench could");
    return own;
  }

  return {
    async begin(api: Api, tokens: number): Promise<InFlight> {
      const { id: conversationId } = await api.create();
      const [row] = await handle.sql<{ accountId: string }[]>`
        select account_id as "accountId" from conversations where id = ${conversationId}`;
      await sendPrompt(
        {
          database: handle.db,
          log,
          wakeWorker: () => undefined,
          models: { mustHave: async () => undefined, defaultId: async () => "bench/bench" },
        },
        {
          accountId: row?.accountId ?? "",
          conversationId,
          prompt: { id: newId(), parts: [{ type: "text", text: "speak" }] },
        },
      );
      const { pen } = await claimOne(conversationId);
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

async function write(log: TestLog, { pen, tokens }: { pen: Claim["pen"]; tokens: number }): Promise<void> {
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
