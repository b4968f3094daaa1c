import { and, asc, eq } from "drizzle-orm";
import { messages } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import type { Message } from "#lib/protocol/event";
import { toMessage } from "./message-row.ts";

/** All messages of a conversation, in the order in which they were added. */
export async function readMessages(
  database: Database | Transaction,
  conversationId: string,
): Promise<Message[]> {
  const rows = await database
    .select()
    .from(messages)
    .where(eq(messages.conversationId, conversationId))
    .orderBy(asc(messages.sequence));
  return rows.map(toMessage);
}

/** Which messages a conversation holds and how they hang together, in the order in which they were added. */
export type MessagePlace = Pick<Message, "id" | "parentId" | "role">;

export async function readPlaces(
  database: Database | Transaction,
  conversationId: string,
): Promise<MessagePlace[]> {
  const { id, parentId, role } = messages;
  return database
    .select({ id, parentId, role })
    .from(messages)
    .where(eq(messages.conversationId, conversationId))
    .orderBy(asc(messages.sequence));
}

export async function readMessage(
  database: Database | Transaction,
  id: string,
): Promise<Message | undefined> {
  const [row] = await database.select().from(messages).where(eq(messages.id, id));
  return row && toMessage(row);
}

/** A message and the entry that told of it. */
export async function readPlacedMessage(
  database: Database | Transaction,
  id: string,
): Promise<{ message: Message; sequence: number } | undefined> {
  const [row] = await database.select().from(messages).where(eq(messages.id, id));
  return row && { message: toMessage(row), sequence: row.sequence };
}

/** The first answer that was promised to a prompt. Later ones stand beside it. */
export async function readFirstAnswer(
  database: Database | Transaction,
  promptId: string,
): Promise<Message | undefined> {
  const [row] = await database
    .select()
    .from(messages)
    .where(and(eq(messages.parentId, promptId), eq(messages.role, "assistant")))
    .orderBy(asc(messages.sequence))
    .limit(1);
  return row && toMessage(row);
}
