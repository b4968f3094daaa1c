import { convertToModelMessages, isToolUIPart, type ModelMessage } from "ai";
import type { Message, Part } from "#lib/protocol/event";
import { asPart, asTool } from "#lib/protocol/tool-parts";
import { type Attached, tellFile } from "./told-files.ts";
import type { Tools } from "./tools/registry.ts";

export type { Attached } from "./told-files.ts";

/**
 * What the model is told of the conversation.
 *
 * The reasoning of earlier answers is left out. Providers bind it to the exact words before it, and refuse it
 * when a branch, an edit, another model, or an answer that was cut short comes between.
 * An answer that comes last is one that a new attempt goes on with: it keeps all it has.
 */
export async function toModelMessages(
  messages: Message[],
  tools: Tools,
  attached: Attached = {},
): Promise<ModelMessage[]> {
  const told = await Promise.all(
    messages.map(async ({ role, parts }, index) => {
      const goesOn = role === "assistant" && index === messages.length - 1;
      const kept = parts
        .filter((part) => goesOn || part.type !== "reasoning")
        .map((part) => (goesOn ? part : answered(part)));
      return { role, parts: await Promise.all(kept.map((part) => tellFile(part, attached))) };
    }),
  );
  return convertToModelMessages(
    told.filter(({ parts }) => parts.some(saysSomething)),
    { tools, ignoreIncompleteToolCalls: true },
  );
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
