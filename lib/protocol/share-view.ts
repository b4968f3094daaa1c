import type { Conversation, Generation, Message, Snapshot } from "./event.ts";
import { pathTo } from "./path.ts";
import { type Address, fileOf, withAddresses } from "./share-files.ts";

// What somebody sees who has only the link. All that is told to them is made here, by naming what they may see: what
// a later version adds to a conversation is theirs only once somebody has thought about it.

/** A conversation as whoever has its link sees it: the branch that is shown, and nothing of what its owner has beside. */
export function shareView(snapshot: Snapshot, address: Address): Snapshot {
  const shown = shownIds(snapshot);
  return {
    conversation: conversationView(snapshot.conversation),
    messages: snapshot.messages
      .filter(({ id }) => shown.has(id))
      .map((message) => messageView(message, address)),
    generations: snapshot.generations.filter(({ messageId }) => shown.has(messageId)).map(generationView),
    sequence: snapshot.sequence,
  };
}

/** Whether a file stands in the branch that is shown. */
export function isFileShown({ messages, conversation }: Snapshot, fileId: string): boolean {
  return pathTo(messages, conversation.leafId).some(({ parts }) =>
    parts.some((part) => fileOf(part) === fileId),
  );
}

export function shownIds({
  messages,
  conversation,
}: {
  messages: Pick<Message, "id" | "parentId">[];
  conversation: Pick<Conversation, "leafId">;
}): Set<string> {
  return new Set(pathTo(messages, conversation.leafId).map(({ id }) => id));
}

/** Neither how it is set, nor what was typed and not sent, nor by which link others come. */
export function conversationView({ id, title, leafId, createdAt, updatedAt }: Conversation): Conversation {
  return {
    id,
    title,
    model: null,
    instructions: null,
    pinned: false,
    archived: false,
    leafId,
    createdAt,
    updatedAt,
  };
}

export function messageView(message: Message, address: Address): Message {
  const { id, conversationId, parentId, role, parts, model, createdAt } = message;
  return {
    id,
    conversationId,
    parentId,
    role,
    parts: withAddresses(parts, address),
    ...(model != null && { model }),
    createdAt,
  };
}

/** Neither what it cost, nor what went wrong with its provider, nor on which device it was stopped. */
export function generationView(generation: Generation): Generation {
  const { id, conversationId, messageId, model, status, attempt, createdAt, startedAt, endedAt } = generation;
  return {
    id,
    conversationId,
    messageId,
    model,
    status,
    attempt,
    createdAt,
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
  };
}
