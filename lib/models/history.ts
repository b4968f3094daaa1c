import { convertToModelMessages, isToolUIPart, type ModelMessage } from "ai";
import type { Message, Part } from "#lib/protocol/event";
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
      const kept = parts.filter((part) => goesOn || part.type !== "reasoning");
      return { role, parts: await Promise.all(kept.map((part) => tellFile(part, attached))) };
    }),
  );
  return convertToModelMessages(
    told.filter(({ parts }) => parts.some(saysSomething)),
    { tools, ignoreIncompleteToolCalls: true },
  );
}

function saysSomething(part: Part): boolean {
  if (part.type === "text") return part.text.trim() !== "";
  return part.type === "file" || isToolUIPart(part);
}
