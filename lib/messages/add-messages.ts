import { messages } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import type { Message } from "#lib/protocol/event";
import { storable } from "#lib/protocol/storable";
import { toMessage } from "./message-row.ts";

/** Postgres takes 65,535 values in one statement, and a message has nine. */
const ROWS_MAX_COUNT = 1_000;

/** Adds many messages that have been said elsewhere, at their own times, and returns them as they are kept. */
export async function addMessages(
  transaction: Transaction,
  all: (Message & { sequence: number })[],
): Promise<Message[]> {
  const added: Message[] = [];
  for (let start = 0; start < all.length; start += ROWS_MAX_COUNT) {
    const rows = all
      .slice(start, start + ROWS_MAX_COUNT)
      .map(({ createdAt, ...message }) => ({ ...storable(message), createdAt: new Date(createdAt) }));
    added.push(...(await transaction.insert(messages).values(rows).returning()).map(toMessage));
  }
  return added;
}
