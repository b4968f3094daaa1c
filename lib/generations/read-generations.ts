import { and, asc, type Column, eq, type SQL, sql } from "drizzle-orm";
import { generations } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { isOneOf } from "#lib/database/is-one-of";
import { type GenerationRow, toGeneration } from "./generation-row.ts";

// Written out and not as parameters: only a statement that says so itself can use the index of what is open.
export const isOpen = sql`${generations.status} in ('queued', 'running')`;
export const isQueued = sql`${generations.status} = 'queued'`;
const isRunning = sql`${generations.status} = 'running'`;

/** All generations of a conversation, in the order in which they were asked for. */
export async function readGenerations(
  database: Database | Transaction,
  conversationId: string,
): Promise<GenerationRow[]> {
  return database
    .select()
    .from(generations)
    .where(eq(generations.conversationId, conversationId))
    .orderBy(asc(generations.sequence));
}

export async function readGeneration(database: Database | Transaction, id: string) {
  const [row] = await database.select().from(generations).where(eq(generations.id, id));
  return row && toGeneration(row);
}

/** The generation that a message was promised with. Others go on with it, each after somebody allowed a tool's call. */
export async function readGenerationOf(
  database: Database | Transaction,
  messageId: string,
): Promise<GenerationRow | undefined> {
  return (await readGenerationsOf(database, messageId))[0];
}

/** All that made a message, one after the other. */
export async function readGenerationsOf(
  database: Database | Transaction,
  messageId: string,
): Promise<GenerationRow[]> {
  return database
    .select()
    .from(generations)
    .where(eq(generations.messageId, messageId))
    .orderBy(asc(generations.sequence));
}

/** Which of these conversations are being answered, or wait for it. */
export async function readGenerating(
  database: Database | Transaction,
  conversationIds: string[],
): Promise<Set<string>> {
  if (conversationIds.length === 0) return new Set();
  const rows = await database
    .selectDistinct({ conversationId: generations.conversationId })
    .from(generations)
    .where(and(isOneOf(generations.conversationId, conversationIds), isOpen));
  return new Set(rows.map((row) => row.conversationId));
}

/** How a conversation's answers stand: whether one is on its way, and which entry ended the newest one, if any has. */
export type Answering = { generating: boolean; endSequence: number | null };

/** How the answers of these conversations stand. One that a person cancelled is no news to them, and does not count as ended. */
export async function readAnswering(
  database: Database | Transaction,
  conversationIds: string[],
): Promise<Map<string, Answering>> {
  if (conversationIds.length === 0) return new Map();
  const isNews = sql`${generations.status} in ('completed', 'failed')`;
  const rows = await database
    .select({
      conversationId: generations.conversationId,
      generating: sql<boolean>`bool_or(${isOpen})`,
      endSequence: sql<number | null>`max(${generations.endSequence}) filter (where ${isNews})`.mapWith(
        generations.endSequence,
      ),
    })
    .from(generations)
    .where(isOneOf(generations.conversationId, conversationIds))
    .groupBy(generations.conversationId);
  return new Map(rows.map(({ conversationId, ...answering }) => [conversationId, answering]));
}

/** The conversations with answers on their way, as an array within a statement. */
export const openConversations = sql`array(select ${generations.conversationId} from ${generations} where ${isOpen})`;

/** A condition: a conversation is being answered, or an answer in it has ended within so many minutes. */
export const hadAnswerWithin = (conversationId: Column, minutes: number) => sql`exists (
  select from ${generations}
  where ${generations.conversationId} = ${conversationId}
    and (${isOpen} or ${generations.endedAt} > now() - ${minutes} * interval '1 minute'))`;

/**
 * How many answers are on their way in the conversations that a select names, those that wait their turn included.
 * Where fewer than `least` are on their way for everybody together, nobody's are told apart, and it says 0.
 */
export async function countOpen(
  database: Database | Transaction,
  { conversationIds, least }: { conversationIds: SQL; least: number },
): Promise<number> {
  const [row] = await database.execute<{ count: number }>(sql`
    select case
      when (select count(*) from (select from ${generations} where ${isOpen} limit ${least}) as few) < ${least} then 0
      else (
        select count(*) from ${generations}
        where ${isOpen} and ${generations.conversationId} = any(array(${conversationIds}))
      )
    end as count`);
  return row?.count ?? 0;
}

/** Conversations with an answer that is promised and not there yet. */
export async function readAllGenerating(database: Database): Promise<string[]> {
  const rows = await database
    .selectDistinct({ conversationId: generations.conversationId })
    .from(generations)
    .where(isOpen);
  return rows.map((row) => row.conversationId);
}

/** What workers write at this moment, or left when they died. */
export async function readRunning(database: Database): Promise<GenerationRow[]> {
  return database.select().from(generations).where(isRunning);
}
