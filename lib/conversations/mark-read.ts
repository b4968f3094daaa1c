import { eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import { readAnswering } from "#lib/generations/read-generations";
import { lockLog } from "#lib/log/pen";
import { announceConversation } from "./announce.ts";
import { isUnread } from "./conversation-row.ts";
import type { Deps } from "./deps.ts";
import { notFound, owned } from "./owner.ts";

/**
 * Notes how far somebody has read, and takes the mark of a new answer from the list of every device. It names a
 * sequence, so a word that comes late, or from a device that was away, never marks what ended after it as read.
 */
export async function markRead(
  deps: Pick<Deps, "database" | "log">,
  { accountId, conversationId, sequence }: { accountId: string; conversationId: string; sequence: number },
): Promise<void> {
  const announced = await deps.database.transaction(async (transaction) => {
    // Under the lock no answer ends meanwhile, so what is announced is the newest that there is to say.
    const log = await lockLog(transaction, conversationId);
    const row = await owned(transaction, { accountId, conversationId });
    if (!log) throw notFound("conversation");
    const answering = (await readAnswering(transaction, [conversationId])).get(conversationId);
    const readSequence = Math.max(row.readSequence, Math.min(sequence, log.head));
    if (isUnread(row, answering) === isUnread({ ...row, readSequence }, answering)) return [];
    await transaction.update(conversations).set({ readSequence }).where(eq(conversations.id, conversationId));
    return announceConversation(transaction, conversationId);
  });
  deps.log.committed(announced);
}
