import { and, desc, eq, ilike, lt, or } from "drizzle-orm";
import { z } from "zod";
import { conversations } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import { readAnswering } from "#lib/generations/read-generations";
import { readHeads } from "#lib/log/read";
import { anyMessageLike } from "#lib/messages/any-message-like";
import type { ConversationList } from "#lib/protocol/api";
import type { AccountSnapshot, ConversationItem } from "#lib/protocol/event";
import { idSchema } from "#lib/protocol/ids";
import { storable } from "#lib/protocol/storable";
import { type ConversationRow, toItem } from "./conversation-row.ts";
import { isListed } from "./owner.ts";

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
  }: { accountId: string; before?: string; limit: number; search?: string },
): Promise<ConversationList> {
  const rows = await database
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.accountId, accountId),
        isListed,
        before ? olderThan(before) : undefined,
        search ? saying(search) : undefined,
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

/** The account's list and the number of its log that it is true at. */
export async function loadAccount(database: Database, accountId: string): Promise<AccountSnapshot> {
  return database.transaction(
    async (transaction) => {
      const head = (await readHeads(transaction, [accountId])).get(accountId) ?? 0;
      const { conversations: newest } = await listConversations(transaction, {
        accountId,
        limit: SIDEBAR_COUNT,
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
    .where(and(eq(conversations.accountId, accountId), isListed, conversations.pinned))
    .orderBy(desc(conversations.updatedAt), desc(conversations.id))
    .limit(SIDEBAR_COUNT);
  return toItems(database, rows);
}

async function toItems(
  database: Database | Transaction,
  rows: ConversationRow[],
): Promise<ConversationItem[]> {
  const answering = await readAnswering(
    database,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toItem(row, answering.get(row.id)));
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

/** In the title, or in the text of a message. */
function saying(search: string) {
  const pattern = `%${storable(search).replace(/[\\%_]/g, "\\$&")}%`;
  return or(ilike(conversations.title, pattern), anyMessageLike(conversations.id, pattern));
}
