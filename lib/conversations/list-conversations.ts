import { and, desc, eq, ilike, lt, not, or, sql } from "drizzle-orm";
import { z } from "zod";
import { conversations } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import { readHeads } from "#lib/log/read";
import { conversationsSaying } from "#lib/messages/find-messages";
import { asPattern, termsOf } from "#lib/messages/search-terms";
import type { ConversationList } from "#lib/protocol/api";
import type { AccountSnapshot, ConversationItem } from "#lib/protocol/event";
import { idSchema } from "#lib/protocol/ids";
import { storable } from "#lib/protocol/storable";
import { toItems } from "./conversation-items.ts";
import type { ConversationRow } from "./conversation-row.ts";
import { isListed } from "./owner.ts";
import { listedOf } from "./search.ts";

/** How many the sidebar starts with. */
const SIDEBAR_COUNT = 100;

/** An account's conversations, the newest first. `before` is the `next` of the page before. */
export async function listConversations(
  database: Database | Transaction,
  {
    accountId,
    before,
    limit,
    search,
    archived,
  }: { accountId: string; before?: string; limit: number; search?: string; archived?: boolean },
): Promise<ConversationList> {
  const rows = await database
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.accountId, accountId),
        isListed,
        archived === undefined ? undefined : eq(conversations.archived, archived),
        before ? olderThan(before) : undefined,
        search ? saying(search, accountId) : undefined,
      ),
    )
    .orderBy(desc(conversations.updatedAt), desc(conversations.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    conversations: await toItems(database, page),
    next: rows.length > limit ? nextOf(page.at(-1)) : null,
  };
}

/** The account's list and the number of its log that it is true at. What is archived is asked for where it is shown. */
export async function loadAccount(database: Database, accountId: string): Promise<AccountSnapshot> {
  return database.transaction(
    async (transaction) => {
      const head = (await readHeads(transaction, [accountId])).get(accountId) ?? 0;
      const { conversations: newest } = await listConversations(transaction, {
        accountId,
        limit: SIDEBAR_COUNT,
        archived: false,
      });
      const pinned = await listPinned(transaction, accountId);
      const unpinned = newest.filter((conversation) => !conversation.pinned);
      return { conversations: [...pinned, ...unpinned], sequence: head };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** What is pinned is shown first, however old it is. */
async function listPinned(database: Database | Transaction, accountId: string): Promise<ConversationItem[]> {
  const rows = await database
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.accountId, accountId),
        isListed,
        conversations.pinned,
        not(conversations.archived),
      ),
    )
    .orderBy(desc(conversations.updatedAt), desc(conversations.id))
    .limit(SIDEBAR_COUNT);
  return toItems(database, rows);
}

const nextOf = (row: ConversationRow | undefined) =>
  row ? `${row.updatedAt.toISOString()}_${row.id}` : null;

// No conversation is older, and Postgres has no year 0.
const timeSchema = z.iso.datetime().refine((time) => time >= "1970");

function olderThan(before: string) {
  const [time, id] = before.split("_");
  const place = { time: timeSchema.safeParse(time), id: idSchema.safeParse(id) };
  if (!place.time.success || !place.id.success) {
    throw new Failure("invalid-request", "before: must be the `next` of an earlier page.");
  }
  const updatedAt = new Date(place.time.data);
  return or(
    lt(conversations.updatedAt, updatedAt),
    and(eq(conversations.updatedAt, updatedAt), lt(conversations.id, place.id.data)),
  );
}

/** In the title, as it is typed, or by its words in a message. */
function saying(search: string, accountId: string) {
  const text = storable(search);
  const terms = termsOf(text);
  const inTitle = ilike(conversations.title, asPattern(text));
  if (terms.length === 0) return inTitle;
  return or(inTitle, sql`${conversations.id} in (${conversationsSaying(terms, listedOf(accountId))})`);
}
