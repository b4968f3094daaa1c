import type { AccountEntry, AccountEvent, AccountSnapshot, ConversationItem } from "./event.ts";
import { advance } from "./fold.ts";

/** The whole meaning of an account's log: the list of its conversations, in the order in which it is shown. */
export function foldAccount(snapshot: AccountSnapshot, entry: AccountEntry): AccountSnapshot {
  return advance(snapshot, entry, apply);
}

function apply(snapshot: AccountSnapshot, event: AccountEvent): AccountSnapshot {
  const without = (id: string) => snapshot.conversations.filter((conversation) => conversation.id !== id);
  switch (event.type) {
    case "conversation-added":
    case "conversation-changed":
      return {
        ...snapshot,
        conversations: placed(without(event.conversation.id), event.conversation),
      };
    case "conversation-deleted":
      return { ...snapshot, conversations: without(event.conversationId) };
    default:
      return snapshot; // A type that this reader does not know.
  }
}

/** A list in its order with one more in its place. It is not sorted anew: it may be long, and this happens often. */
function placed(list: ConversationItem[], conversation: ConversationItem): ConversationItem[] {
  const place = list.findIndex((other) => inOrder(conversation, other) < 0);
  return list.toSpliced(place < 0 ? list.length : place, 0, conversation);
}

/** Pinned ones first, then the newest change; ids settle what changed in the same millisecond. */
export function inOrder(one: ConversationItem, other: ConversationItem): number {
  if (one.pinned !== other.pinned) return one.pinned ? -1 : 1;
  const newer = Date.parse(other.updatedAt) - Date.parse(one.updatedAt);
  if (newer !== 0) return newer;
  return one.id < other.id ? 1 : -1;
}
