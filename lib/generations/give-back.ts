import { eq, sql } from "drizzle-orm";
import { generations } from "#drizzle/schema";
import type { Database } from "#lib/database/client";
import { endLease, type Pen } from "#lib/log/pen";

/**
 * Ends an attempt in order, so that whoever looks next may go on at once. `counts`: as one of the tries after which the
 * generation is given up; a worker that only has to go has not failed.
 */
export async function giveBack(
  database: Database,
  { pen, counts }: { pen: Pen; counts: boolean },
): Promise<void> {
  await database.transaction(async (transaction) => {
    const isOurs = await endLease(transaction, pen);
    if (!isOurs || counts) return;
    await transaction
      .update(generations)
      .set({ handedOver: sql`${generations.handedOver} + 1` })
      .where(eq(generations.id, pen.generationId));
  });
}
