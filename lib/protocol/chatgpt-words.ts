import type { ForeignMessage } from "./chatgpt-format.ts";
import type { Part } from "./event.ts";

/** Whose words a message is, once it is read; undefined for what nobody was shown. */
export function roleOf(message: ForeignMessage): "user" | "assistant" | undefined {
  const { author, content, metadata } = message;
  if (metadata?.is_visually_hidden_from_conversation || metadata?.is_user_system_message) return undefined;
  if (/_editable_context$/.test(content.content_type ?? "")) return undefined;
  if (author.role === "user" || author.role === "assistant") return author.role;
  // A tool says nothing to anybody but what came of code, and the pictures that it made.
  return author.role === "tool" && partsOf(message).length > 0 ? "assistant" : undefined;
}

/** What a message says, as parts of ours: words, code as code, pictures by name, thoughts and sources. */
export function partsOf(message: ForeignMessage): Part[] {
  const { content, author } = message;
  const { content_type: type, parts = [], thoughts = [] } = content;
  if (author.role === "tool")
    return texts(type === "execution_output" ? [fenced(content.text, "text")] : pictures(parts));
  if (type === "code" || type === "execution_output")
    return texts([fenced(content.text, languageOf(message))]);
  if (type === "thoughts") return thoughtsOf(thoughts);
  if (type === "reasoning_recap") return [];
  const said = parts.map(wordsOf);
  // Said to a tool and not to the person, so it is shown as what it is.
  const isCall =
    author.role === "assistant" && message.recipient !== undefined && message.recipient !== "all";
  if (isCall) return texts([fenced(said.join("\n\n") || content.text, "text")]);
  const clean = author.role === "assistant" ? withoutMarks : (text: string) => text;
  return [...texts([...said, content.text ?? ""].map(clean)), ...sourcesOf(message)];
}

const texts = (all: string[]): Part[] =>
  all.filter((text) => text.trim() !== "").map((text) => ({ type: "text", text }));

function thoughtsOf(thoughts: { summary?: string | undefined; content?: string | undefined }[]): Part[] {
  const text = thoughts
    .map(({ summary, content }) => [summary && `**${summary}**`, content].filter(Boolean).join("\n\n"))
    .filter((thought) => thought !== "")
    .join("\n\n");
  return text === "" ? [] : [{ type: "reasoning", text }];
}

function wordsOf(part: unknown): string {
  if (typeof part === "string") return part;
  if (typeof part !== "object" || part === null) return "";
  const { content_type: type, text, asset_pointer: asset } = part as Record<string, unknown>;
  if (typeof text === "string") return text;
  if (typeof type !== "string" || typeof asset !== "string") return "";
  return `[${type.startsWith("image") ? "Image" : "Recording"}: ${nameIn(asset)}]`;
}

const pictures = (parts: unknown[]): string[] =>
  parts.filter((part) => typeof part !== "string").map(wordsOf);

/** `sediment://file_0123` and `file-service://file-abc` name what they point to at their end. */
const nameIn = (asset: string) => asset.split("/").at(-1) || asset;

const languageOf = ({ content: { language }, recipient }: ForeignMessage) =>
  language && language !== "unknown" ? language : recipient === "python" ? "python" : "";

/** As code, between as many ticks as it takes. */
function fenced(code: string | undefined, language: string): string {
  if (!code || code.trim() === "") return "";
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language.replace(/[^\w+#-]/g, "")}\n${code}\n${fence}`;
}

/** Where an answer refers to its sources stand characters of ChatGPT's own, and names that mean nothing elsewhere. */
function withoutMarks(text: string): string {
  return text
    .replace(/\s?\ue200(?:cite|filecite|navlist|image_group|video)[^\ue200\ue201]*\ue201/g, "")
    .replace(/\ue200\w*\ue202([^\ue200-\ue202]*)(?:\ue202[^\ue200\ue201]*)?\ue201/g, "$1")
    .replace(/[\ue200-\ue20f]/g, "")
    .replace(/\s?【\d+(?::\d+)?†[^】]{0,200}】/g, "");
}

function sourcesOf({ metadata }: ForeignMessage): Part[] {
  const links = [
    ...(metadata?.content_references ?? []).flatMap((reference) => [reference, ...(reference.items ?? [])]),
    ...(metadata?.citations ?? []).map((citation) => citation.metadata ?? {}),
  ];
  const sources = new Map<string, Part>();
  for (const { url, title } of links) {
    if (!url || !/^https?:\/\//i.test(url)) continue;
    sources.set(url, { type: "source-url", sourceId: url, url, ...(title && { title }) });
  }
  return [...sources.values()].slice(0, SOURCES_MAX_COUNT);
}

const SOURCES_MAX_COUNT = 50;
