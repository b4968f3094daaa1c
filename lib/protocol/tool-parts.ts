import { type Draft, given, openKey, push, replace } from "./draft.ts";
import type { Part } from "./event.ts";
import { parsePartialJson } from "./partial-json.ts";

type SdkToolPart = Extract<Part, { type: "dynamic-tool" }>;

/**
 * A tool call as the AI SDK stores it, all states in one: there each state forbids the fields of the others,
 * and most chunks move a call from one state to the next. `type` is `tool-` and the name, or `dynamic-tool`.
 */
export type ToolPart = {
  type: string;
  toolName?: string;
  toolCallId: string;
  state: SdkToolPart["state"];
  title?: string;
  toolMetadata?: SdkToolPart["toolMetadata"];
  providerExecuted?: boolean;
  input?: unknown;
  /** The input text so far, while the input arrives. */
  rawInput?: unknown;
  inputEncoding?: "json" | "text";
  output?: unknown;
  errorText?: string;
  preliminary?: boolean;
  callProviderMetadata?: SdkToolPart["callProviderMetadata"];
  resultProviderMetadata?: SdkToolPart["callProviderMetadata"];
  approval?: { id: string; approved?: boolean } & Record<string, unknown>;
  chunkId?: string;
};

/** Each state says these anew: what the next one does not give is gone. All else stays until it is given. */
const OF_ONE_STATE = {
  input: undefined,
  rawInput: undefined,
  inputEncoding: undefined,
  output: undefined,
  errorText: undefined,
  preliminary: undefined,
  chunkId: undefined,
} satisfies Partial<ToolPart>;

export function asTool(part: Part | undefined): ToolPart | undefined {
  const isTool = part?.type === "dynamic-tool" || part?.type.startsWith("tool-");
  return isTool ? (part as unknown as ToolPart) : undefined;
}

export function asPart(part: ToolPart): Part {
  return given(part) as unknown as Part;
}

/** How a call is named: what it is, and the id by which chunks mean it. */
export type Call = Pick<ToolPart, "type" | "toolName" | "toolCallId">;

/** Brings a call of the current step into a new state, or adds it, and says where it is. */
export function writeCall(
  draft: Draft,
  call: Call,
  state: Partial<ToolPart> & Pick<ToolPart, "state">,
): number {
  const index = findInStep(
    draft,
    (part) => part.toolCallId === call.toolCallId && isDynamic(part) === isDynamic(call),
  );
  const part = asTool(draft.parts[index]);
  const written = { ...call, ...part, ...OF_ONE_STATE, ...given({ ...call, ...state }) };
  if (!part) return push(draft, asPart(written));
  stopInput(draft, index, part);
  replace(draft, index, asPart(written));
  return index;
}

/** Changes a call whose input has ended, wherever it is. Without a call there is nothing to change. */
export function changeCall(draft: Draft, index: number, change: (part: ToolPart) => Partial<ToolPart>): void {
  parseInput(draft, index);
  const part = asTool(draft.parts[index]);
  if (!part) return;
  stopInput(draft, index, part);
  replace(draft, index, asPart({ ...part, chunkId: undefined, ...change(part) }));
}

/** The new state of a call that has its result: it keeps its input and nothing else that was of its last state. */
export function withResult(part: ToolPart, result: Partial<ToolPart>): Partial<ToolPart> {
  return { ...OF_ONE_STATE, input: part.input, ...given(result) };
}

function stopInput(draft: Draft, index: number, part: ToolPart): void {
  const key = openKey(part.type, part.toolCallId);
  if (draft.open.get(key) === index) draft.open.delete(key);
  draft.unparsed.delete(index);
}

/** Inputs are parsed when a batch is through, once each, however many deltas it held. */
export function parseInputs(draft: Draft): void {
  for (const index of draft.unparsed) parseInput(draft, index);
}

function parseInput(draft: Draft, index: number): void {
  const part = asTool(draft.parts[index]);
  if (!part || !draft.unparsed.delete(index)) return;
  const text = inputText(part);
  const input = part.inputEncoding === "text" ? text : parsePartialJson(text);
  replace(draft, index, asPart({ ...part, input }));
}

export function inputText({ rawInput }: ToolPart): string {
  return typeof rawInput === "string" ? rawInput : "";
}

export function isDynamic({ type }: Pick<ToolPart, "type">): boolean {
  return type === "dynamic-tool";
}

/** The first of the current step; −1 for none. */
export function findInStep(draft: Draft, isIt: (part: ToolPart) => boolean): number {
  for (let index = draft.stepStart; index < draft.parts.length; index++) {
    const part = asTool(draft.parts[index]);
    if (part && isIt(part)) return index;
  }
  return -1;
}

/** The call of that id: in the current step, or else the newest before it; −1 for none. */
export function findCall(draft: Draft, toolCallId: string): number {
  const isIt = (part: ToolPart | undefined) => part?.toolCallId === toolCallId;
  const index = findInStep(draft, isIt);
  return index >= 0 ? index : draft.parts.findLastIndex((part) => isIt(asTool(part)));
}
