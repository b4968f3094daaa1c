import type { Part } from "./event.ts";
import { IMPORT_PARTS_MAX_COUNT } from "./exported.ts";

/** Parts and more parts: words after words of the same kind are one part, and of too many kinds in turn are words. */
export function joinParts(before: Part[], more: Part[]): Part[] {
  const joined = [...before];
  for (const part of more) {
    const last = joined.at(-1);
    const isText = part.type === "text" || part.type === "reasoning";
    if (isText && last && (last.type === "text" || last.type === "reasoning")) {
      if (last.type === part.type || joined.length >= IMPORT_PARTS_MAX_COUNT) {
        joined[joined.length - 1] = { ...last, text: `${last.text}\n\n${part.text}` };
        continue;
      }
    }
    if (joined.length < IMPORT_PARTS_MAX_COUNT) joined.push(part);
    else if (isText) joined[joined.length - 1] = { type: "text", text: part.text };
  }
  return joined;
}
