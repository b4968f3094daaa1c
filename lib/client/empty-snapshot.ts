import type { Snapshot } from "#lib/protocol/event";

/** A conversation before its first entry: what a browser shows of one that the server does not know yet. */
export function emptySnapshot(conversationId: string, now: string, { temporary = false } = {}): Snapshot {
  return {
    conversation: {
      id: conversationId,
      title: "New conversation",
      model: null,
      instructions: null,
      pinned: false,
      archived: false,
      leafId: null,
      ...(temporary && { temporary }),
      createdAt: now,
      updatedAt: now,
    },
    messages: [],
    generations: [],
    sequence: 0,
  };
}
