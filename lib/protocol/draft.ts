import type { Message, Part } from "./event.ts";

/**
 * A message while a batch of chunks is applied to it. The list of parts is copied once a batch. A part that is
 * written is replaced by a new one, so every part that nobody wrote keeps its identity.
 */
export type Draft = {
  parts: Part[];
  metadata: unknown;
  hasChanged: boolean;
  /** Where the current step begins. */
  stepStart: number;
  /** Where the next delta of each open part goes. A map, because ids come from providers and may be `__proto__`. */
  open: Map<string, number>;
  /** Tool calls whose input text has grown since it was last parsed. */
  unparsed: Set<number>;
};

export function openDraft({ parts, metadata }: Message): Draft {
  const draft: Draft = {
    parts: [...parts],
    metadata,
    hasChanged: false,
    stepStart: parts.findLastIndex((part) => part.type === "step-start") + 1,
    open: new Map(),
    unparsed: new Set(),
  };
  for (const [index, part] of draft.parts.entries()) {
    if (part.chunkId !== undefined) draft.open.set(openKey(part.type, part.chunkId), index);
  }
  return draft;
}

/** Text, reasoning and tool calls count their ids apart, so the same id may be open in each. */
export function openKey(partType: string, chunkId: string): string {
  return `${partType === "text" || partType === "reasoning" ? partType : "tool"} ${chunkId}`;
}

export function push(draft: Draft, part: Part): number {
  draft.hasChanged = true;
  if (part.type === "step-start") draft.stepStart = draft.parts.length + 1;
  return draft.parts.push(part) - 1;
}

export function replace(draft: Draft, index: number, part: Part): void {
  draft.hasChanged = true;
  draft.parts[index] = part;
}

/** No chunk will name this part any more: its id was used anew, or its step begins again. */
export function letGo(draft: Draft, key: string): void {
  const index = draft.open.get(key);
  const part = index === undefined ? undefined : draft.parts[index];
  draft.open.delete(key);
  if (index !== undefined && part) replace(draft, index, withoutChunkId(part));
}

/** Drops what the current step has said so far. What is open in earlier steps stays, and gets nothing more. */
export function resetStep(draft: Draft): void {
  for (const key of draft.open.keys()) letGo(draft, key);
  for (let index = draft.stepStart; index < draft.parts.length; index++) draft.unparsed.delete(index);
  if (draft.parts.length > draft.stepStart) draft.hasChanged = true;
  draft.parts.length = draft.stepStart;
}

export function withoutChunkId(part: Part): Part {
  const { chunkId, ...rest } = part;
  return rest as Part;
}

/** The fields that have a value. JSON knows no other, and a part reads the same before and after it was stored. */
export function given<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
