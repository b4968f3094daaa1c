import { and, desc, eq, ilike, type SQL, sql } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { isOneOf } from "#lib/database/is-one-of";
import { excerptOf } from "#lib/messages/excerpt";
import { findMessages } from "#lib/messages/find-messages";
import { asPattern, type Term, termsOf } from "#lib/messages/search-terms";
import type { SearchHit } from "#lib/protocol/search";
import { storable } from "#lib/protocol/storable";
import { toItems } from "./conversation-items.ts";
import type { ConversationRow } from "./conversation-row.ts";
import { isListed } from "./owner.ts";

/** What an account's titles and messages say: titles first, then messages, the best first. Archived ones among them. */
export async function search(
  database: Database,
  { accountId, q, limit }: { accountId: string; q: string; limit: number },
): Promise<SearchHit[]> {
  const terms = termsOf(storable(q));
  if (terms.length === 0) return [];
  const [titled, said] = await Promise.all([
    findTitles(database, { accountId, terms, limit }),
    findMessages(database, { terms, conversationIds: listedOf(accountId), limit }),
  ]);
  const found = said.slice(0, Math.max(0, limit - titled.length));
  const rows = await readRows(
    database,
    found.map(({ conversationId }) => conversationId),
  );
  const items = new Map((await toItems(database, [...titled, ...rows])).map((item) => [item.id, item]));
  const hitOf = (id: string, messageId: string | null, text: string): SearchHit[] => {
    const conversation = items.get(id);
    // It may have been deleted between the questions.
    return conversation ? [{ conversation, messageId, excerpt: excerptOf(text, terms) }] : [];
  };
  return [
    ...titled.flatMap(({ id, title }) => hitOf(id, null, title)),
    ...found.flatMap(({ conversationId, messageId, text }) => hitOf(conversationId, messageId, text)),
  ];
}

/** A select of the ids of an account's conversations. */
export const listedOf = (accountId: string): SQL =>
  sql`select ${conversations.id} from ${conversations} where ${conversations.accountId} = ${accountId} and ${isListed}`;

/** A condition: the title holds each of the terms. */
export const titleSays = (terms: Term[]): SQL | undefined =>
  and(...terms.map(({ text }) => ilike(conversations.title, asPattern(text))));

function findTitles(
  database: Database | Transaction,
  { accountId, terms, limit }: { accountId: string; terms: Term[]; limit: number },
): Promise<ConversationRow[]> {
  return database
    .select()
    .from(conversations)
    .where(and(eq(conversations.accountId, accountId), isListed, titleSays(terms)))
    .orderBy(desc(conversations.updatedAt), desc(conversations.id))
    .limit(limit);
}

const readRows = (database: Database, ids: string[]): Promise<ConversationRow[]> =>
  database
    .select()
    .from(conversations)
    .where(and(isOneOf(conversations.id, ids), isListed));
