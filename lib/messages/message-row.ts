import type { messages } from "#drizzle/schema";
import type { Message } from "#lib/protocol/event";

export type MessageRow = typeof messages.$inferSelect;

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    parentId: row.parentId,
    role: row.role,
    parts: row.parts,
    ...(row.metadata != null && { metadata: row.metadata }),
    ...(row.model != null && { model: row.model }),
    createdAt: row.createdAt.toISOString(),
  };
}
