import { eq } from "drizzle-orm";
import { files } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";

/** All files of one account become another's. */
export async function moveFiles(
  transaction: Transaction,
  { fromId, toId }: { fromId: string; toId: string },
): Promise<void> {
  await transaction.update(files).set({ accountId: toId }).where(eq(files.accountId, fromId));
}

/** The files of a conversation go with it to another account. */
export async function moveSentFiles(
  transaction: Transaction,
  { conversationId, toId }: { conversationId: string; toId: string },
): Promise<void> {
  await transaction.update(files).set({ accountId: toId }).where(eq(files.conversationId, conversationId));
}
