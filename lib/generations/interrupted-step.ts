import type { Chunk, Part } from "#lib/protocol/event";
import { INTERRUPTED } from "#lib/protocol/parts";
import { asTool, isDynamic, type ToolPart } from "#lib/protocol/tool-parts";

const NOT_REPEATED = "Interrupted. It may have taken effect, so it was not run again.";

/**
 * What ends a step that a worker left half-written, if the step must stay: a tool with side effects had begun in it,
 * and would run again if the model were asked for the step again. Undefined if the step can be dropped.
 *
 * @param step what stands in the message after the finished steps
 */
export function endOfInterrupted(
  step: Part[],
  hasSideEffects: (toolName: string) => boolean,
): Chunk[] | undefined {
  const isOurs = (tool: ToolPart) => hasBegun(tool) && hasSideEffects(nameOf(tool));
  if (!step.flatMap((part) => asTool(part) ?? []).some(isOurs)) return undefined;
  return [...step.flatMap((part) => endOf(part, isOurs)), { type: "finish-step" }];
}

/**
 * What ends the calls that somebody had allowed and that an earlier attempt may have begun: they stand in steps that
 * were finished before. One without side effects that has said nothing yet is simply run.
 *
 * @param kept what stands in the message up to the end of the finished steps
 */
export function endOfApproved(kept: Part[], hasSideEffects: (toolName: string) => boolean): Chunk[] {
  return kept.flatMap((part) => {
    const tool = asTool(part);
    if (tool?.approval?.approved !== true || tool.providerExecuted || hasResult(tool)) return [];
    if (hasSideEffects(nameOf(tool))) return [failed(tool, NOT_REPEATED)];
    return tool.preliminary === true ? [failed(tool, INTERRUPTED)] : [];
  });
}

function endOf(part: Part, isOurs: (tool: ToolPart) => boolean): Chunk[] {
  const tool = asTool(part);
  if (tool) return hasResult(tool) ? [] : [failed(tool, isOurs(tool) ? NOT_REPEATED : INTERRUPTED)];
  if (part.chunkId === undefined || (part.type !== "text" && part.type !== "reasoning")) return [];
  if (part.state !== "streaming") return [];
  return [{ type: `${part.type}-end`, id: String(part.chunkId) } as Chunk];
}

function failed(tool: ToolPart, errorText: string): Chunk {
  const { toolCallId, providerExecuted } = tool;
  const told = providerExecuted === undefined ? { errorText } : { errorText, providerExecuted };
  if (tool.state !== "input-streaming") return { type: "tool-output-error", toolCallId, ...told };
  const call = { toolCallId, toolName: nameOf(tool), dynamic: isDynamic(tool), input: tool.input ?? {} };
  return { type: "tool-input-error", ...call, ...told };
}

/** What runs at the provider is the provider's own, and asking again is how it is asked for. */
function hasBegun({ state, approval, providerExecuted }: ToolPart): boolean {
  if (providerExecuted) return false;
  const isApproved = state === "approval-responded" && approval?.approved === true;
  return (
    isApproved || state === "input-available" || state === "output-available" || state === "output-error"
  );
}

function hasResult({ state, preliminary }: ToolPart): boolean {
  if (state === "output-available") return preliminary !== true;
  return state === "output-error" || state === "output-denied";
}

function nameOf({ type, toolName }: ToolPart): string {
  return toolName ?? type.slice("tool-".length);
}
