import { generations } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
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
    .onConflictDoNothing()
    .returning();
  if (!row) throw new Failure("id-taken", "This id already names a generation. Ask again with a new id.");
  return toGeneration(row);
}
