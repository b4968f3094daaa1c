import type { Part } from "#lib/protocol/event";
import { isFile } from "#lib/protocol/file";
import { shortened } from "./shortened.ts";

const TITLE_LENGTH = 60;
/** As the table has it: a conversation that nobody has named. */
export const DEFAULT_TITLE = "New conversation";

/** A title until there is a better one: the first words of the prompt, or the name of a file that came without any. */
export function titleOf(parts: Part[]): string {
  const text = parts
    .map((part) => (part.type === "text" ? part.text : ""))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
  if (text === "") return nameOf(parts) ?? DEFAULT_TITLE;
  return shortened(text, TITLE_LENGTH);
}

function nameOf(parts: Part[]): string | undefined {
  const name = parts.find(isFile)?.filename?.trim();
  return name === "" ? undefined : name?.slice(0, TITLE_LENGTH).toWellFormed();
}
