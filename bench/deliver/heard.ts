import type { AccountEvent, ConversationEvent } from "#lib/protocol/event";

/** The text that an event of a log adds to an answer. */
export function textIn(event: ConversationEvent | AccountEvent): string {
  if (event.type !== "chunk") return "";
  return event.chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join("");
}
