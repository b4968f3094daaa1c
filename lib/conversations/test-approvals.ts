import { tool } from "ai";
import { z } from "zod";
import type { Toolbox } from "#lib/models/tools/registry";
import { fixedTools } from "#lib/models/tools/test-tools";
import type { Message, Snapshot } from "#lib/protocol/event";
import { asTool, type ToolPart } from "#lib/protocol/tool-parts";

/** Tools that ask: one that writes into `notes`, and one that only counts how often it was looked at. */
export function askingTools(notes: string[], looks: string[] = []): Toolbox {
  const inputSchema = z.object({ text: z.string() });
  const write = tool({
    inputSchema,
    execute: async ({ text }) => {
      notes.push(text);
      return `Noted: ${text}`;
    },
  });
  const look = tool({
    inputSchema,
    execute: async ({ text }) => {
      looks.push(text);
      return `Seen: ${text}`;
    },
  });
  return fixedTools({
    write_note: { ...write, sideEffects: true, asks: true },
    look: { ...look, sideEffects: false, asks: true },
  });
}

export const toolsOf = ({ parts }: Pick<Message, "parts">): ToolPart[] =>
  parts.flatMap((part) => asTool(part) ?? []);

/** The newest answer. */
export const answerOf = ({ messages }: Snapshot): Message => {
  const answer = messages.findLast(({ role }) => role === "assistant");
  if (!answer) throw new Error("there is no answer");
  return answer;
};

/** What the newest answer asks, by the approvals' ids. */
export const asksIn = (snapshot: Snapshot): string[] =>
  toolsOf(answerOf(snapshot))
    .filter(({ state }) => state === "approval-requested")
    .map(({ approval }) => approval?.id ?? "");
