import { dynamicTool, jsonSchema } from "ai";
import type { Message } from "#lib/protocol/event";
import { asTool } from "#lib/protocol/tool-parts";
import type { Tools } from "./registry.ts";

/**
 * The same tools, and one that fails for each that somebody allowed and that is not there any more. A call that
 * nobody answers would break the conversation with every provider.
 */
export function withStandIns(tools: Tools, { parts }: Message): Tools {
  const allowed = parts
    .flatMap((part) => asTool(part) ?? [])
    .filter(({ state, approval }) => state === "approval-responded" && approval?.approved === true)
    .map(({ type, toolName }) => toolName ?? type.slice("tool-".length));
  const missing = allowed.filter((name) => !Object.hasOwn(tools, name));
  if (missing.length === 0) return tools;
  const standIns = missing.map((name) => [name, standIn(name)] as const);
  return { ...tools, ...Object.fromEntries(standIns) };
}

function standIn(name: string): Tools[string] {
  const tool = dynamicTool({
    description: "Cannot be reached now.",
    inputSchema: jsonSchema({ type: "object", additionalProperties: true }),
    execute: async () => {
      throw new Error(`${name} cannot be reached now, so nothing was done.`);
    },
  });
  return { ...tool, sideEffects: false };
}
