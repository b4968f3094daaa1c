import type { Part } from "#lib/protocol/event";

/** The words of a message, as they were written: plain for a prompt, markdown for an answer. */
export function textOf(parts: Part[]): string {
  return parts.flatMap((part) => (part.type === "text" ? part.text : [])).join("\n\n");
}
