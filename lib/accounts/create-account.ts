import { accounts } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { addLog } from "#lib/log/pen";

/** Keeps an account and makes its log, if that has not been done. A guest is kept when there is something to keep. */
export async function createAccount(transaction: Transaction, accountId: string): Promise<void> {
  await Promise.all([
    transaction.insert(accounts).values({ id: accountId }).onConflictDoNothing(),
    addLog(transaction, accountId),
  ]);
}
