import { and, type SQL, sql } from "drizzle-orm";
import { messages } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { asPattern, asPrefix, type Term } from "./search-terms.ts";

/** Of what was found so many are ranked, the newest: a word that is everywhere must not cost more than others. */
const RANKED_MAX = 200;
/** Of one conversation, so that it does not take the place of all others. */
const PER_CONVERSATION_MAX = 3;

/** Written as the index has it, or Postgres would not know it again. */
const words = sql`to_tsvector('simple', message_text(${messages.parts}))`;
const text = sql`message_text(${messages.parts})`;

/** A condition: one message says all of it. */
function says(terms: Term[]): SQL {
  const query = queryOf(terms);
  const letters = terms
    .filter(({ hasWords, hasSigns }) => !hasWords || hasSigns)
    .map((term) => sql`${text} ilike ${asPattern(term.text)}`);
  return and(query && sql`${words} @@ ${query}`, ...letters) ?? sql`false`;
}

function queryOf(terms: Term[]): SQL | undefined {
  const parts = terms
    .filter(({ hasWords }) => hasWords)
    .map(({ kind, text }) =>
      kind === "phrase"
        ? sql`phraseto_tsquery('simple', ${text})`
        : sql`to_tsquery('simple', ${asPrefix(text)})`,
    );
  return parts.length > 0 ? sql`(${sql.join(parts, sql` && `)})` : undefined;
}

/**
 * What is looked through. Without words for the index, only what these conversations hold is read letter by letter: left
 * to itself, Postgres may read what everybody said and ask only then whose it is.
 */
function within(terms: Term[], conversationIds: SQL): SQL {
  const isTheirs = sql`${messages.conversationId} in (${conversationIds})`;
  if (queryOf(terms)) return sql`${messages} where ${isTheirs} and ${says(terms)}`;
  return sql`(select * from ${messages} where ${isTheirs} offset 0) as ${messages} where ${says(terms)}`;
}

/** A select of the conversations in which some message says all of it, among those that a select names. */
export const conversationsSaying = (terms: Term[], conversationIds: SQL): SQL => sql`
  select ${messages.conversationId} from ${within(terms, conversationIds)}`;

export type FoundMessage = { messageId: string; conversationId: string; text: string };

/**
 * The messages that say all of it, in the conversations that a select names: the best first, and of the equally good
 * ones the newest; a prompt and its answer are of the same moment, and their numbers tell. On whichever branch they are.
 */
export async function findMessages(
  database: Database | Transaction,
  { terms, conversationIds, limit }: { terms: Term[]; conversationIds: SQL; limit: number },
): Promise<FoundMessage[]> {
  const query = queryOf(terms);
  const rows = await database.execute<{ id: string; conversation_id: string; text: string }>(sql`
    with found as materialized (
      select ${messages.id}, ${messages.conversationId}, ${messages.createdAt}, ${messages.sequence}, ${messages.parts}
      from ${within(terms, conversationIds)}
      order by ${messages.createdAt} desc, ${messages.sequence} desc limit ${RANKED_MAX}
    ), ranked as (
      select id, conversation_id, created_at, sequence, message_text(parts) as text,
        ${query ? sql`ts_rank(to_tsvector('simple', message_text(parts)), ${query})` : sql`0::real`} as rank
      from found
    ), placed as (
      select *, row_number() over (partition by conversation_id order by rank desc, sequence desc) as place from ranked
    )
    select id, conversation_id, text from placed where place <= ${PER_CONVERSATION_MAX}
    order by rank desc, created_at desc, sequence desc, id limit ${limit}`);
  return rows.map(({ id, conversation_id, text }) => ({
    messageId: id,
    conversationId: conversation_id,
    text,
  }));
}
