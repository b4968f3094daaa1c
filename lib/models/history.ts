import { convertToModelMessages, isToolUIPart, type ModelMessage } from "ai";
import type { Message, Part } from "#lib/protocol/event";
import { asPart, asTool } from "#lib/protocol/tool-parts";
import type { Tools } from "./tools/registry.ts";

/**
 * What the model is told of the conversation.
 *
 * The reasoning of earlier answers is left out. Providers bind it to the exact words before it, and refuse it
 * when a branch, an edit, another model, or an answer that was cut short comes between.
 * An answer that comes last is one that a new attempt goes on with: it keeps all it has.
 */
export function toModelMessages(messages: Message[], tools: Tools): Promise<ModelMessage[]> {
  const told = messages.flatMap((message, index) => {
    const goesOn = message.role === "assistant" && index === messages.length - 1;
    const parts = message.parts
      .filter((part) => goesOn || part.type !== "reasoning")
      .map((part) => (goesOn ? part : answered(part)))
      .map(readOut);
    return parts.some(saysSomething) ? [{ role: message.role, parts }] : [];
  });
  return convertToModelMessages(told, { tools, ignoreIncompleteToolCalls: true });
}

const NOT_ANSWERED = "Nobody has said whether this may be done, so it was not done.";
const NOT_YET = "This was allowed, and has no result yet.";

/** Providers refuse a call without a result, and a person may go on without having answered what a tool asked. */
function answered(part: Part): Part {
  const tool = asTool(part);
  if (tool?.state === "approval-requested") return asPart({ ...tool, ...failed(NOT_ANSWERED) });
  const isAllowed = tool?.state === "approval-responded" && tool.approval?.approved === true;
  return isAllowed ? asPart({ ...tool, ...failed(NOT_YET) }) : part;
}

const failed = (errorText: string) => ({ state: "output-error" as const, errorText, approval: undefined });

function saysSomething(part: Part): boolean {
  if (part.type === "text") return part.text.trim() !== "";
  return part.type === "file" || isToolUIPart(part);
}

/** A text file becomes text: every model reads that, and hardly any takes every kind of file. */
function readOut(part: Part): Part {
  if (part.type !== "file" || !isText(part.mediaType)) return part;
  const text = textOf(part.url);
  if (text === undefined) return part;
  return { type: "text", text: `<file name=${JSON.stringify(part.filename ?? "file")}>\n${text}\n</file>` };
}

function isText(mediaType: string): boolean {
  return /^(text\/|application\/(json|xml|yaml|x-ndjson)\b)/i.test(mediaType);
}

function textOf(url: string): string | undefined {
  const comma = url.indexOf(",");
  if (!url.startsWith("data:") || comma === -1) return undefined;
  const data = url.slice(comma + 1);
  if (url.slice(0, comma).endsWith(";base64")) return Buffer.from(data, "base64").toString("utf8");
  try {
    return decodeURIComponent(data);
  } catch {
    return data; // A stray % is no reason to lose the file.
  }
}
