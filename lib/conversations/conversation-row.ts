import type { conversations } from "#drizzle/schema";
import type { Answering } from "#lib/generations/read-generations";
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
    temporary: row.temporary,
    draft: row.draft,
    shareToken: row.shareToken,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** @param answering how its answers stand; absent where it has none */
export function toItem(row: ConversationRow, answering: Answering | undefined): ConversationItem {
  return {
    id: row.id,
    title: row.title,
    updatedAt: row.updatedAt.toISOString(),
    model: row.model,
    pinned: row.pinned,
    archived: row.archived,
    generating: answering?.generating ?? false,
    unread: isUnread(row, answering),
  };
}

/** Whether an answer has ended that nobody has looked at. */
export function isUnread({ readSequence }: ConversationRow, answering: Answering | undefined): boolean {
  return (answering?.endSequence ?? 0) > readSequence;
}
