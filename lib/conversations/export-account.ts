import { and, asc, eq, gt } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Database } from "#lib/database/client";
import { hasCode } from "#lib/errors";
import { type Exported, exportOf } from "#lib/protocol/exported";
import { loadSnapshot } from "./load-snapshot.ts";
import { isListed } from "./owner.ts";

/** Ids that are held at a time; of conversations, one. */
const BATCH_COUNT = 100;

/** All that an account has said and was told, conversation by conversation, however much that is. */
export async function* exportAccount(
  database: Database,
  { accountId }: { accountId: string },
): AsyncGenerator<Exported> {
  let after: string | undefined;
  do {
    const ids = await idsAfter(database, { accountId, after });
    for (const conversationId of ids) {
      const exported = await exportIfThere(database, { accountId, conversationId });
      if (exported) yield exported;
    }
    after = ids.at(-1);
  } while (after !== undefined);
}

async function idsAfter(
  database: Database,
  { accountId, after }: { accountId: string; after: string | undefined },
): Promise<string[]> {
  const rows = await database
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.accountId, accountId),
        isListed,
        after === undefined ? undefined : gt(conversations.id, after),
      ),
    )
    .orderBy(asc(conversations.id))
    .limit(BATCH_COUNT);
  return rows.map(({ id }) => id);
}

/** It may have been deleted meanwhile. */
async function exportIfThere(
  database: Database,
  place: { accountId: string; conversationId: string },
): Promise<Exported | undefined> {
  try {
    return exportOf(await loadSnapshot(database, place));
  } catch (error) {
    if (hasCode(error, "not-found")) return undefined;
    throw error;
  }
}
