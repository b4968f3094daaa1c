import type { Message, Part, Snapshot } from "./event.ts";
import { pathTo } from "./path.ts";

/**
 * A conversation as Markdown, for people: the branch that is shown, who said what and when, its files by name and its
 * sources at the end of each answer. What was thought and which tools were called is left out; JSON has all of it.
 */
export function toMarkdown({ conversation, messages }: Snapshot): string {
  const told = pathTo(messages, conversation.leafId).map(toSection);
  return `${[`# ${onOneLine(conversation.title)}`, ...told].join("\n\n")}\n`;
}

function toSection(message: Message): string {
  const { role, parts, createdAt, model } = message;
  const who = role === "user" ? "You" : onOneLine(model ?? "Answer");
  const words = parts.flatMap(toWords);
  return [`## ${who} · ${momentOf(createdAt)}`, ...words, ...sourcesOf(parts)].join("\n\n");
}

function toWords(part: Part): string[] {
  if (part.type === "text") return part.text.trim() === "" ? [] : [part.text.trim()];
  return part.type === "file" ? [`*File: ${onOneLine(part.filename ?? part.mediaType)}*`] : [];
}

/** Each once, in the order in which they came. */
function sourcesOf(parts: Part[]): string[] {
  const lines = parts.flatMap((part) => {
    if (part.type === "source-document") return [`- ${onOneLine(part.title)}`];
    if (part.type !== "source-url" || !/^https?:/i.test(part.url)) return [];
    const address = part.url.replace(/[\s<>]/g, encodeURIComponent);
    return [part.title ? `- ${onOneLine(part.title)}: <${address}>` : `- <${address}>`];
  });
  return lines.length === 0 ? [] : [["Sources:", "", ...new Set(lines)].join("\n")];
}

/** `2026-11-28 10:03 UTC` */
const momentOf = (time: string) => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;

const onOneLine = (text: string) => text.replace(/\s+/g, " ").trim();
