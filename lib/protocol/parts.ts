import {
  type Draft,
  given,
  letGo,
  openDraft,
  openKey,
  push,
  replace,
  resetStep,
  withoutChunkId,
} from "./draft.ts";
import type { Chunk, Message, Part } from "./event.ts";
import { mergeMetadata } from "./merge-metadata.ts";
import { applyToolChunk, isToolChunk } from "./tool-chunks.ts";
import { asPart, asTool, parseInputs, type ToolPart, withResult } from "./tool-parts.ts";

/**
 * A message with more of what the model said, as the AI SDK's own stream reader would have it. Three things differ.
 * What is needed to go on is in the parts themselves: an open part carries `chunkId`, a tool call its input text so
 * far. It never throws: what names a part that is not open changes nothing. And `start` does not rename the message.
 *
 * The cost is that of the batch and of the list of parts, whatever length the text has.
 */
export function applyChunks(message: Message, chunks: Chunk[]): Message {
  const draft = openDraft(message);
  for (const chunk of chunks) applyChunk(draft, chunk);
  parseInputs(draft);
  if (!draft.hasChanged) return message;
  const { parts, metadata } = draft;
  return metadata === undefined ? { ...message, parts } : { ...message, parts, metadata };
}

function applyChunk(draft: Draft, chunk: Chunk): void {
  switch (chunk.type) {
    case "text-start":
    case "reasoning-start":
      startText(draft, chunk);
      break;
    case "text-delta":
    case "reasoning-delta":
      growText(draft, chunk);
      break;
    case "text-end":
    case "reasoning-end":
      endText(draft, chunk);
      break;
    case "start-step":
      push(draft, { type: "step-start" });
      break;
    case "reset-step":
      resetStep(draft);
      break;
    case "start":
    case "finish":
    case "message-metadata":
      addMetadata(draft, chunk.messageMetadata);
      break;
    case "finish-step":
    case "error":
    case "abort":
      break; // They tell of the generation and change nothing in the message.
    default:
      if (isToolChunk(chunk)) applyToolChunk(draft, chunk);
      else if (isWhole(chunk)) push(draft, wholePart(chunk));
      else if (isData(chunk)) putData(draft, chunk);
  }
}

type Text<Moment extends string> = Extract<Chunk, { type: `${"text" | "reasoning"}-${Moment}` }>;

function textType({ type }: Text<"start" | "delta" | "end">): "text" | "reasoning" {
  return type.startsWith("text-") ? "text" : "reasoning";
}

function startText(draft: Draft, chunk: Text<"start">): void {
  const { id, providerMetadata } = chunk;
  const type = textType(chunk);
  letGo(draft, openKey(type, id));
  const part = { type, id: type === "reasoning" ? id : undefined, text: "", providerMetadata };
  draft.open.set(openKey(type, id), push(draft, given({ ...part, state: "streaming", chunkId: id }) as Part));
}

function growText(draft: Draft, chunk: Text<"delta">): void {
  const { delta, providerMetadata } = chunk;
  changeText(draft, chunk, (part) => ({ ...part, text: part.text + delta, ...given({ providerMetadata }) }));
}

function endText(draft: Draft, chunk: Text<"end">): void {
  const { providerMetadata } = chunk;
  const citations = chunk.type === "text-end" ? chunk.citations : undefined;
  changeText(draft, chunk, (part) => ({ ...part, state: "done", ...given({ citations, providerMetadata }) }));
  letGo(draft, openKey(textType(chunk), chunk.id));
}

type TextPart = Extract<Part, { type: "text" | "reasoning" }>;

function changeText(draft: Draft, chunk: Text<"delta" | "end">, change: (part: TextPart) => TextPart): void {
  const index = draft.open.get(openKey(textType(chunk), chunk.id));
  const part = index === undefined ? undefined : draft.parts[index];
  if (index === undefined || (part?.type !== "text" && part?.type !== "reasoning")) return;
  replace(draft, index, change(part));
}

function addMetadata(draft: Draft, metadata: unknown): void {
  if (metadata === undefined || metadata === null) return;
  draft.metadata = mergeMetadata(draft.metadata, metadata);
  draft.hasChanged = true;
}

/** What of a chunk is kept where the chunk is the whole part. */
const WHOLE_PARTS = {
  custom: ["type", "kind", "providerMetadata"],
  file: ["type", "mediaType", "url", "providerMetadata"],
  "reasoning-file": ["type", "mediaType", "url", "providerMetadata"],
  "source-url": ["type", "sourceId", "url", "title", "providerMetadata"],
  "source-document": ["type", "sourceId", "mediaType", "title", "filename", "providerMetadata"],
  "steering-message": ["type", "id", "parts"],
};

type WholeChunk = Extract<Chunk, { type: keyof typeof WHOLE_PARTS }>;

function isWhole(chunk: Chunk): chunk is WholeChunk {
  return Object.hasOwn(WHOLE_PARTS, chunk.type);
}

function wholePart(chunk: WholeChunk): Part {
  const kept = Object.entries(chunk).filter(([key]) => WHOLE_PARTS[chunk.type].includes(key));
  return given(Object.fromEntries(kept)) as Part;
}

type DataChunk = Extract<Chunk, { type: `data-${string}` }>;

function isData(chunk: Chunk): chunk is DataChunk {
  return chunk.type.startsWith("data-");
}

/** Data with an id replaces what that id said before, in any step. Transient data was for the moment only. */
function putData(draft: Draft, chunk: DataChunk): void {
  if (chunk.transient) return;
  const isIt = (part: Part) => part.type === chunk.type && "id" in part && part.id === chunk.id;
  const index = draft.parts.findIndex(isIt);
  const part = draft.parts[index];
  if (part) replace(draft, index, { ...part, data: chunk.data } as Part);
  else push(draft, given(chunk) as Part);
}

/** What is said of a tool call that nobody will answer any more. */
export const INTERRUPTED = "Interrupted before it finished.";

/**
 * The parts of a message that nothing will be added to. Text that was being written is done, and a tool call that
 * has no result is told as an error, or the model would be asked about a call that nobody ever answered.
 * An approval that was asked for stays asked for.
 */
export function closeParts(parts: Part[]): Part[] {
  const closed = parts.map(closePart);
  return closed.every((part, index) => part === parts[index]) ? parts : closed;
}

function hasEnded({ state, approval, preliminary }: ToolPart): boolean {
  if (state === "approval-responded") return approval?.approved !== true;
  // What a tool says on its way is no result.
  return state !== "input-streaming" && state !== "input-available" && preliminary !== true;
}

function closePart(part: Part): Part {
  const tool = asTool(part);
  if (tool) {
    if (hasEnded(tool)) return part;
    // Providers refuse a call that has no input at all.
    const input = tool.input ?? {};
    return asPart({ ...tool, ...withResult(tool, { state: "output-error", input, errorText: INTERRUPTED }) });
  }
  const isText = part.type === "text" || part.type === "reasoning";
  if (!isText || part.state !== "streaming") return part;
  return { ...withoutChunkId(part), state: "done" } as Part;
}
