import { and, eq, isNull, or } from "drizzle-orm";
import { files } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { isOneOf } from "#lib/database/is-one-of";
import { Failure } from "#lib/errors";
import type { Part } from "#lib/protocol/event";
import { fileIdIn, isFile } from "#lib/protocol/file";

/**
 * Gives the files of a prompt to its conversation, with which they live and are deleted. They must be the account's,
 * and of no other conversation.
 *
 * @throws `invalid-request` naming the first that is not
 */
export async function attachFiles(
  transaction: Transaction,
  { accountId, conversationId, parts }: { accountId: string; conversationId: string; parts: Part[] },
): Promise<void> {
  const named = parts.filter(isFile).flatMap((part) => {
    const id = fileIdIn(part.url);
    return id === undefined ? [] : { id, name: part.filename ?? part.url };
  });
  if (named.length === 0) return;
  const attached = await transaction
    .update(files)
    .set({ conversationId })
    .where(
      and(
        isOneOf(
          files.id,
          named.map(({ id }) => id),
        ),
        eq(files.accountId, accountId),
        or(isNull(files.conversationId), eq(files.conversationId, conversationId)),
      ),
    )
    .returning({ id: files.id });
  const there = new Set(attached.map(({ id }) => id));
  const missing = named.find(({ id }) => !there.has(id));
  if (!missing) return;
  throw new Failure(
    "invalid-request",
    `parts: ${missing.name} is not here any more, or belongs to another conversation. Attach it again.`,
  );
}
