import { type Action, readAction } from "#lib/protocol/actions";
import type { Part } from "#lib/protocol/event";
import { asTool, type ToolPart } from "#lib/protocol/tool-parts";

/** A call to a tool as it is shown. */
export type ToolCallView = {
  /** As the model calls it. */
  name: string;
  /** As people read it. */
  label: string;
  /** Whose it is, if not ours. */
  server: string | undefined;
  state: "running" | "asking" | "done" | "failed" | "denied" | "interrupted";
  input: unknown;
  /** What it returned, whatever that is. */
  output: unknown;
  errorText: string | undefined;
  /** How far it is, in its own words. */
  progress: string | undefined;
  approvalId: string | undefined;
  /** What it does to the page. */
  action: Action | undefined;
};

/** A part as a call to a tool, if it is one. Tools are many, so their parts are read by shape, whatever wrote them. */
export function readToolCall(part: Part): ToolCallView | undefined {
  const tool = asTool(part);
  const name = tool?.toolName ?? tool?.type.replace(/^tool-/, "");
  if (!tool || !name || typeof tool.state !== "string") return undefined;
  const { title, toolName, clientName } = (tool.toolMetadata ?? {}) as Record<string, unknown>;
  const label = textOr(title, textOr(toolName, name).replaceAll(/[_-]+/g, " "));
  return {
    name,
    label,
    server: textOr(clientName, "") || undefined,
    state: stateOf(tool),
    input: tool.input,
    output: tool.preliminary ? undefined : tool.output,
    // As errors write themselves: the first word says nothing.
    errorText: tool.errorText?.replace(/^Error: /, ""),
    progress: tool.preliminary ? progressOf(tool.output) : undefined,
    approvalId: tool.approval?.id,
    action: readAction(part)?.action,
  };
}

function stateOf({ state, approval, errorText, output, preliminary }: ToolPart): ToolCallView["state"] {
  switch (state) {
    case "approval-requested":
      return "asking";
    case "approval-responded":
      return approval?.approved === false ? "denied" : "running";
    case "output-denied":
      return "denied";
    case "output-error":
      // What this server says of a call that it could not bring to an end begins so.
      return errorText?.startsWith("Interrupted") ? "interrupted" : "failed";
    case "output-available":
      if (preliminary) return "running";
      return isFailure(output) ? "failed" : "done";
    default:
      return "running";
  }
}

/** Tools of other servers say in their result that they have failed. */
function isFailure(output: unknown): boolean {
  return typeof output === "object" && output !== null && "isError" in output && output.isError === true;
}

function progressOf(output: unknown): string | undefined {
  const { progress } = (output ?? {}) as { progress?: unknown };
  return typeof progress === "string" ? progress : undefined;
}

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === "string" && value.trim() !== "" ? value : otherwise;
