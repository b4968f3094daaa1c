import type { conversations } from "#drizzle/schema";
import type { Conversation, ConversationItem } from "#lib/protocol/event";

export type ConversationRow = typeof conversations.$inferSelect;

export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    title: row.title,
    model: row.model,
    instructions: row.instructions,
    pinned: row.pinned,
    archived: row.archived,
    leafId: row.leafId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function toItem(row: ConversationRow, generating: boolean): ConversationItem {
  return {
    id: row.id,
    title: row.title,
    updatedAt: row.updatedAt.toISOString(),
    model: row.model,
    pinned: row.pinned,
    archived: row.archived,
    generating,
  };
}
