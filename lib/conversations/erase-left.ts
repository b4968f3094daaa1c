import { and, eq, lt, not, sql } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Database } from "#lib/database/client";
import { hasCode } from "#lib/errors";
import { hadAnswerWithin } from "#lib/generations/read-generations";
import { lockLog } from "#lib/log/pen";
import { deleteConversation } from "./delete-conversation.ts";
import type { Deps } from "./deps.ts";
import { eraseConversation } from "./erase-conversation.ts";
import { ERASE_BATCH_COUNT, RESTORABLE_HOURS, TEMPORARY_KEPT_MINUTES } from "./limits.ts";
import { isKept } from "./owner.ts";

/**
 * For the janitor: erases what was deleted and is brought back no more, and the temporary conversations that were left.
 * Each in a transaction of its own, as short as that of any other verb; yields 1 for each.
 */
export async function* eraseLeft(deps: Pick<Deps, "database" | "log">): AsyncGenerator<number> {
  yield* eraseDeleted(deps.database);
  yield* eraseTemporary(deps);
}

const isBeyondRestoring = lt(conversations.deletedAt, sql`now() - ${RESTORABLE_HOURS} * interval '1 hour'`);

async function* eraseDeleted(database: Database): AsyncGenerator<number> {
  for (let found = ERASE_BATCH_COUNT; found === ERASE_BATCH_COUNT; ) {
    const rows = await database
      .select({ id: conversations.id })
      .from(conversations)
      .where(isBeyondRestoring)
      .limit(ERASE_BATCH_COUNT);
    for (const { id } of rows) {
      const isErased = await database.transaction(async (transaction) => {
        await lockLog(transaction, id);
        // It may have been brought back in the last moment.
        const [row] = await transaction
          .select({ id: conversations.id })
          .from(conversations)
          .where(and(eq(conversations.id, id), isBeyondRestoring));
        if (row) await eraseConversation(transaction, id);
        return row !== undefined;
      });
      yield isErased ? 1 : 0;
    }
    found = rows.length;
  }
}

/** Who has one open goes on with it, or leaves it and has it erased: what is found here belongs to tabs that died. */
async function* eraseTemporary(deps: Pick<Deps, "database" | "log">): AsyncGenerator<number> {
  const minutes = TEMPORARY_KEPT_MINUTES;
  for (let found = ERASE_BATCH_COUNT; found === ERASE_BATCH_COUNT; ) {
    const rows = await deps.database
      .select({ conversationId: conversations.id, accountId: conversations.accountId })
      .from(conversations)
      .where(
        and(
          conversations.temporary,
          isKept,
          lt(conversations.updatedAt, sql`now() - ${minutes} * interval '1 minute'`),
          not(hadAnswerWithin(conversations.id, minutes)),
        ),
      )
      .limit(ERASE_BATCH_COUNT);
    for (const row of rows) {
      yield await deleteConversation(deps, row).then(() => 1, noneIfGone);
    }
    found = rows.length;
  }
}

/** Whoever had it open may have left it in this moment. */
function noneIfGone(error: unknown): number {
  if (!hasCode(error, "not-found")) throw error;
  return 0;
}
