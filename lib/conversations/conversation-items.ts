import type { Database, Transaction } from "#lib/database/client";
import { readAnswering } from "#lib/generations/read-generations";
import type { ConversationItem } from "#lib/protocol/event";
import { type ConversationRow, toItem } from "./conversation-row.ts";

/** What lists show of conversations, in the order given. */
export async function toItems(
  database: Database | Transaction,
  rows: ConversationRow[],
): Promise<ConversationItem[]> {
  const answering = await readAnswering(
    database,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toItem(row, answering.get(row.id)));
}
