import type { Message } from "#lib/protocol/event";

/**
 * The ids of a message and of what stands beside it, other answers to a prompt or other wordings of one: oldest first,
 * joined. It is found for many messages as quickly as for one.
 */
export function versionsIn(messages: Message[]): (message: Message) => string {
  const beside = new Map<string, Message[]>();
  const placeOf = ({ parentId, role }: Message) => `${role} ${parentId}`;
  for (const message of messages) {
    const others = beside.get(placeOf(message));
    if (others) others.push(message);
    else beside.set(placeOf(message), [message]);
  }
  return (message) =>
    (beside.get(placeOf(message)) ?? [])
      .toSorted(byAge)
      .map(({ id }) => id)
      .join(" ");
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
