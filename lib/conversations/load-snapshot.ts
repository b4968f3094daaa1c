import type { Database, Transaction } from "#lib/database/client";
import { toGeneration } from "#lib/generations/generation-row";
import { readGenerations } from "#lib/generations/read-generations";
import { readHeads } from "#lib/log/read";
import { readAll } from "#lib/log/read-all";
import type { StoredEntry } from "#lib/log/stored-entry";
import { readMessages } from "#lib/messages/read-messages";
import type { ConversationEntry, Snapshot } from "#lib/protocol/event";
import { fold } from "#lib/protocol/fold";
import { type ConversationRow, toConversation } from "./conversation-row.ts";
import { owned } from "./owner.ts";

/**
 * A conversation and the number it is true at, in one consistent read. An answer in flight is not in the table
 * yet: its entries are folded on top, by the same function that every reader folds with.
 */
export async function loadSnapshot(
  database: Database,
  { accountId, conversationId }: { accountId: string; conversationId: string },
): Promise<Snapshot> {
  return database.transaction(
    async (transaction) => readSnapshot(transaction, await owned(transaction, { accountId, conversationId })),
    CONSISTENT,
  );
}

/** How a transaction reads whose parts are to be true at one moment. */
export const CONSISTENT = { isolationLevel: "repeatable read", accessMode: "read only" } as const;

/** The same for who has found the conversation already, in this very transaction. */
export async function readSnapshot(transaction: Transaction, row: ConversationRow): Promise<Snapshot> {
  const conversationId = row.id;
  const head = (await readHeads(transaction, [conversationId])).get(conversationId) ?? 0;
  const messages = await readMessages(transaction, conversationId);
  const generations = await readGenerations(transaction, conversationId);
  const stored: Snapshot = {
    conversation: toConversation(row),
    messages,
    generations: generations.map(toGeneration),
    sequence: head,
  };
  const open = generations.filter(({ status }) => status === "queued" || status === "running");
  if (open.length === 0) return stored;
  const after = Math.min(...open.map(({ sequence }) => sequence));
  const entries = await inFlight(transaction, { logId: conversationId, after, head });
  return entries.reduce(fold, { ...stored, sequence: after });
}

async function inFlight(
  transaction: Transaction,
  place: { logId: string; after: number; head: number },
): Promise<ConversationEntry[]> {
  const stored: StoredEntry[] = await readAll(transaction, place);
  return stored.map(({ first, sequence, text }) => ({ first, sequence, event: JSON.parse(text) }));
}
