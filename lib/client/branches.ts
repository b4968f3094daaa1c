import type { Message } from "#lib/protocol/event";

/** The message and what stands beside it, oldest first: other answers to a prompt, other wordings of one. */
export function siblings(messages: Message[], message: Message): Message[] {
  return messages
    .filter(({ parentId, role }) => parentId === message.parentId && role === message.role)
    .sort(byAge);
}

/** Where the newest branch through a message ends. */
export function newestLeaf(messages: Message[], messageId: string): string {
  // Messages only ever follow older ones, so this comes to an end, at the latest after all of them.
  let leafId = messageId;
  for (let steps = 0; steps < messages.length; steps++) {
    const newest = messages
      .filter(({ parentId }) => parentId === leafId)
      .sort(byAge)
      .at(-1);
    if (!newest) break;
    leafId = newest.id;
  }
  return leafId;
}

function byAge(one: Message, other: Message): number {
  const older = Date.parse(one.createdAt) - Date.parse(other.createdAt);
  if (older !== 0) return older;
  return one.id < other.id ? -1 : 1;
}
