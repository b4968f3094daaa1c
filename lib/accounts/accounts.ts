import { eq } from "drizzle-orm";
import { accounts } from "#drizzle/accounts";
import type { Transaction } from "#lib/database/client";

/** Until the transaction ends, nothing new can come to belong to this account. */
export async function lockAccount(transaction: Transaction, accountId: string): Promise<void> {
  await transaction
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .for("update");
}

/** Until the transaction ends, whoever holds this account alone has it alone. Others may send prompts meanwhile. */
export async function holdAlone(transaction: Transaction, accountId: string): Promise<void> {
  await transaction
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .for("no key update");
}

/** With its devices, credentials and API keys, and with the conversations that are still its. */
export async function deleteAccount(transaction: Transaction, accountId: string): Promise<void> {
  await transaction.delete(accounts).where(eq(accounts.id, accountId));
}
