import type { Message } from "./event.ts";

/** Which message it is and which one it follows. */
type Place = Pick<Message, "id" | "parentId">;

/** The branch that ends in `leafId`, from its first message on. A leaf that is not there gives an empty one. */
export function pathTo<Found extends Place>(messages: Found[], leafId: string | null): Found[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: Found[] = [];
  let message = leafId === null ? undefined : byId.get(leafId);
  while (message && path.length <= messages.length) {
    path.push(message);
    message = message.parentId === null ? undefined : byId.get(message.parentId);
  }
  return path.reverse();
}
