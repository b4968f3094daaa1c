import { type Draft, given, letGo, openKey, replace } from "./draft.ts";
import type { Chunk, Part } from "./event.ts";
import {
  asTool,
  type Call,
  changeCall,
  findCall,
  findInStep,
  inputText,
  isDynamic,
  withResult,
  writeCall,
} from "./tool-parts.ts";

type ToolChunk = Extract<Chunk, { type: `tool-${string}` }>;
type Of<Type extends ToolChunk["type"]> = Extract<ToolChunk, { type: Type }>;

export function isToolChunk(chunk: Chunk): chunk is ToolChunk {
  return chunk.type.startsWith("tool-");
}

export function applyToolChunk(draft: Draft, chunk: ToolChunk): void {
  switch (chunk.type) {
    case "tool-input-start":
      startInput(draft, chunk);
      break;
    case "tool-input-delta":
      growInput(draft, chunk);
      break;
    case "tool-input-available":
      endInput(draft, chunk);
      break;
    case "tool-input-error":
      failInput(draft, chunk);
      break;
    case "tool-approval-request":
      requestApproval(draft, chunk);
      break;
    case "tool-approval-response":
      respondToApproval(draft, chunk);
      break;
    case "tool-output-available":
      addOutput(draft, chunk);
      break;
    case "tool-output-error":
      addError(draft, chunk);
      break;
    case "tool-output-denied":
      changeCall(draft, findCall(draft, chunk.toolCallId), () => ({ state: "output-denied" }));
      break;
  }
}

function startInput(draft: Draft, chunk: Of<"tool-input-start">): void {
  const key = openKey("tool", chunk.toolCallId);
  letGo(draft, key);
  const index = writeCall(draft, callOf(chunk, chunk.dynamic), {
    state: "input-streaming",
    inputEncoding: chunk.inputEncoding,
    title: chunk.title,
    toolMetadata: chunk.toolMetadata,
    providerExecuted: chunk.providerExecuted,
    callProviderMetadata: chunk.providerMetadata,
    chunkId: chunk.toolCallId,
  });
  draft.open.set(key, index);
}

function growInput(draft: Draft, { toolCallId, inputTextDelta }: Of<"tool-input-delta">): void {
  const key = openKey("tool", toolCallId);
  const index = draft.open.get(key);
  const part = index === undefined ? undefined : asTool(draft.parts[index]);
  if (index === undefined || !part) return;
  const grown = { ...part, rawInput: inputText(part) + inputTextDelta };
  if (index >= draft.stepStart) {
    replace(draft, index, grown as unknown as Part);
    draft.unparsed.add(index);
    return;
  }
  // Another step has begun meanwhile. The AI SDK looks for the call in the current step alone, so it goes on there.
  letGo(draft, key);
  const { type, toolName, state, rawInput, inputEncoding, title, toolMetadata } = grown;
  const moved = writeCall(
    draft,
    { type, toolName, toolCallId },
    { state, rawInput, inputEncoding, title, toolMetadata, chunkId: toolCallId },
  );
  draft.open.set(key, moved);
  draft.unparsed.add(moved);
}

function endInput(draft: Draft, chunk: Of<"tool-input-available">): void {
  writeCall(draft, callOf(chunk, chunk.dynamic), {
    state: "input-available",
    input: chunk.input,
    title: chunk.title,
    toolMetadata: chunk.toolMetadata,
    providerExecuted: chunk.providerExecuted,
    callProviderMetadata: chunk.providerMetadata,
  });
}

function failInput(draft: Draft, chunk: Of<"tool-input-error">): void {
  // A call that has begun stays what it is, static or dynamic, whatever the chunk says.
  const begun = asTool(draft.parts[findInStep(draft, (part) => part.toolCallId === chunk.toolCallId)]);
  writeCall(draft, callOf(chunk, begun ? isDynamic(begun) : chunk.dynamic), {
    state: "output-error",
    input: chunk.input,
    errorText: chunk.errorText,
    toolMetadata: chunk.toolMetadata,
    providerExecuted: chunk.providerExecuted,
    resultProviderMetadata: chunk.providerMetadata,
  });
}

function requestApproval(draft: Draft, chunk: Of<"tool-approval-request">): void {
  const approval = given({
    id: chunk.approvalId,
    descriptor: chunk.approvalDescriptor ?? undefined,
    inputSchemaInput: chunk.inputSchemaInput,
    requestReason: chunk.reason,
    isAutomatic: chunk.isAutomatic === true ? true : undefined,
    signature: chunk.signature,
  });
  changeCall(draft, findCall(draft, chunk.toolCallId), () => ({ state: "approval-requested", approval }));
}

function respondToApproval(draft: Draft, chunk: Of<"tool-approval-response">): void {
  const { approvalId: id, approved, reason, providerExecuted, providerMetadata } = chunk;
  const index = draft.parts.findIndex((part) => asTool(part)?.approval?.id === id);
  changeCall(draft, index, ({ approval }) => ({
    state: "approval-responded",
    approval: { ...approval, ...given({ id, approved, reason }) },
    ...given({ providerExecuted, callProviderMetadata: providerMetadata }),
  }));
}

function addOutput(draft: Draft, chunk: Of<"tool-output-available">): void {
  const { output, preliminary, toolMetadata, providerExecuted, providerMetadata } = chunk;
  changeCall(draft, findCall(draft, chunk.toolCallId), (part) =>
    withResult(part, {
      state: "output-available",
      output,
      preliminary,
      toolMetadata,
      providerExecuted,
      resultProviderMetadata: providerMetadata,
    }),
  );
}

function addError(draft: Draft, chunk: Of<"tool-output-error">): void {
  const { errorText, toolMetadata, providerExecuted, providerMetadata } = chunk;
  changeCall(draft, findCall(draft, chunk.toolCallId), (part) =>
    withResult(part, {
      state: "output-error",
      errorText,
      rawInput: isDynamic(part) ? undefined : part.rawInput,
      toolMetadata,
      providerExecuted,
      resultProviderMetadata: providerMetadata,
    }),
  );
}

function callOf({ toolName, toolCallId }: { toolName: string; toolCallId: string }, isDynamic = false): Call {
  return isDynamic
    ? { type: "dynamic-tool", toolName, toolCallId }
    : { type: `tool-${toolName}`, toolCallId };
}
