import type { generations } from "#drizzle/schema";
import type { Generation } from "#lib/protocol/event";

export type GenerationRow = typeof generations.$inferSelect;

export function toGeneration(row: GenerationRow): Generation {
  return {
    id: row.id,
    conversationId: row.conversationId,
    messageId: row.messageId,
    model: row.model,
    status: row.status,
    attempt: row.attempt,
    ...(row.error && { error: row.error }),
    ...(row.usage && { usage: row.usage }),
    ...(row.stoppedFrom && { stoppedFrom: row.stoppedFrom }),
    createdAt: row.createdAt.toISOString(),
    ...(row.startedAt && { startedAt: row.startedAt.toISOString() }),
    ...(row.endedAt && { endedAt: row.endedAt.toISOString() }),
  };
}

/** How long it has been answered, its attempts together; nothing while it waited for its turn. */
export function tookMs({ startedAt }: Pick<GenerationRow, "startedAt">, now: Date): number {
  return startedAt ? now.getTime() - startedAt.getTime() : 0;
}
