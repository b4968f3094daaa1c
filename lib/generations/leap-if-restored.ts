import { min, sql } from "drizzle-orm";
import { generations } from "#drizzle/schema";
import { createDatabase } from "#lib/database/client";
import { LEAP, leap, wasRestored } from "#lib/log/leap";
import { isOpen } from "./read-generations.ts";

/**
 * To be asked before anything is read or written: after a backup was restored the numbers of all logs leap, because
 * browsers know higher ones than it holds. What is still to be answered keeps its entries, which move along.
 */
export async function leapIfRestored(url: string): Promise<boolean> {
  const { db, end } = createDatabase(url, { max: 1, name: "rejoin origin", prepare: false });
  try {
    return await db.transaction(async (transaction) => {
      if (!(await wasRestored(transaction))) return false;
      const open = await transaction
        .select({ logId: generations.conversationId, sequence: min(generations.sequence) })
        .from(generations)
        .where(isOpen)
        .groupBy(generations.conversationId);
      await leap(transaction, {
        from: open.map(({ logId, sequence }) => ({ logId, sequence: sequence ?? 0 })),
      });
      await transaction
        .update(generations)
        .set({ sequence: sql`${generations.sequence} + ${LEAP}` })
        .where(isOpen);
      return true;
    });
  } finally {
    await end();
  }
}
