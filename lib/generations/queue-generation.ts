import { generations } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import type { Generation } from "#lib/protocol/event";
import { toGeneration } from "./generation-row.ts";

/** Promises an answer. `sequence` is the entry that will tell of it: all that it writes comes after. */
export async function queueGeneration(
  transaction: Transaction,
  generation: Pick<Generation, "id" | "conversationId" | "messageId" | "model"> & { sequence: number },
): Promise<Generation> {
  const [row] = await transaction
    .insert(generations)
    .values({ ...generation, status: "queued" })
    .returning();
  if (!row) throw new Error("a generation was inserted and not returned");
  return toGeneration(row);
}
