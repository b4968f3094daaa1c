import type { ToolSet } from "ai";
import type { McpServerSettings } from "#lib/mcp-servers";
import type { ModelTool, Tools } from "../registry.ts";
import { CALL_MAX_MS, RESULT_MAX_LENGTH, TOOL_NAME_MAX_LENGTH, TOOLS_MAX } from "./limits.ts";

type Found = ToolSet[string];

/**
 * The tools of a server as ours, each named for both. What says of itself that it only reads runs at once; of all
 * else it is taken that it changes something.
 */
export function toTools(
  server: string,
  found: Record<string, Found>,
  { approval, onFailed }: Pick<McpServerSettings, "approval"> & { onFailed(): void },
): Tools {
  const named = Object.entries(found)
    .slice(0, TOOLS_MAX)
    .map(([name, tool]): [string, ModelTool] => {
      const sideEffects = !isReadOnly(tool);
      const asks = approval === "always" || (approval === undefined && sideEffects);
      const ours = { ...tool, execute: bounded(tool.execute, onFailed), sideEffects, asks } as ModelTool;
      return [nameOf(server, name), ours];
    });
  return Object.fromEntries(named);
}

function nameOf(server: string, tool: string): string {
  return `${server}_${tool}`.replace(/[^\w-]/g, "_").slice(0, TOOL_NAME_MAX_LENGTH);
}

function isReadOnly({ metadata }: Found): boolean {
  const { annotations } = (metadata ?? {}) as { annotations?: { readOnlyHint?: unknown } };
  return annotations?.readOnlyHint === true;
}

function bounded(execute: Found["execute"], onFailed: () => void): NonNullable<Found["execute"]> {
  return async (input, options) => {
    const limit = AbortSignal.timeout(CALL_MAX_MS);
    const abortSignal = options.abortSignal ? AbortSignal.any([options.abortSignal, limit]) : limit;
    try {
      const result = await execute?.(input, { ...options, abortSignal });
      if (JSON.stringify(result ?? null).length <= RESULT_MAX_LENGTH) return result;
    } catch (error) {
      onFailed();
      throw error;
    }
    throw new Error(`The result is longer than ${RESULT_MAX_LENGTH / 1024} KiB. Ask for less.`);
  };
}
