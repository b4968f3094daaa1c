import type { Message } from "./event.ts";

/** The branch that ends in `leafId`, from its first message on. A leaf that is not there gives an empty one. */
export function pathTo(messages: Message[], leafId: string | null): Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: Message[] = [];
  let message = leafId === null ? undefined : byId.get(leafId);
  while (message && path.length <= messages.length) {
    path.push(message);
    message = message.parentId === null ? undefined : byId.get(message.parentId);
  }
  return path.reverse();
}
