import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { type Act, DEMO_APART_MS } from "./demo-script.ts";
import { ModelFailure } from "./model-failure.ts";
import type { Sleep } from "./waiting.ts";

type Part = LanguageModelV4StreamPart;

/** What the demo model plays on: a clock, and a signal that ends it at once. */
export type Stage = { now: () => number; sleep: Sleep; newId: () => string; signal: AbortSignal };

/** After so many parts that were due at once, everything else in this process gets its turn. */
const BREATHE_EVERY = 256;
const THOUGHTS = "so the demo model turns this over once more and then".split(" ");

/** Plays one act of a script. `id` is the part's own within the answer. What was `said` before is not said again. */
export function play(act: Act, id: string, stage: Stage, said = ""): AsyncIterable<Part> | Iterable<Part> {
  switch (act.kind) {
    case "think":
      return written(thoughts(act.words), { ...act, kind: "reasoning", id }, stage);
    case "count":
      return written(after(said, numbers(act.to)), { ...act, kind: "text", id }, stage);
    case "say":
      return written(after(said, wordsOf(act.text)), { kind: "text", id, apartMs: DEMO_APART_MS }, stage);
    case "fail":
      return failure(act.after);
    case "stall":
      return silence(stage.signal);
    case "call":
      return toolCall(stage.newId(), act);
  }
}

type Manner = { kind: "text" | "reasoning"; id: string; apartMs: number; isCutShort?: boolean };

/** Each delta is due a fixed time after the start, so that a busy machine delays some and slows none. */
async function* written(
  deltas: Iterable<string>,
  { kind, id, apartMs, isCutShort = false }: Manner,
  { now, sleep, signal }: Stage,
): AsyncGenerator<Part> {
  const startMs = now();
  let count = 0;
  for (const delta of deltas) {
    count += 1;
    const waitMs = startMs + count * apartMs - now();
    if (waitMs > 0 || count % BREATHE_EVERY === 0) await sleep(Math.max(waitMs, 0), signal);
    signal.throwIfAborted();
    if (count === 1) yield { type: `${kind}-start`, id };
    yield { type: `${kind}-delta`, id, delta };
  }
  if (count > 0 && !isCutShort) yield { type: `${kind}-end`, id };
}

function* after(said: string, deltas: Iterable<string>): Generator<string> {
  let length = 0;
  for (const delta of deltas) {
    length += delta.length;
    if (length > said.length) yield delta;
  }
}

function* numbers(to: number): Generator<string> {
  for (let number = 1; number <= to; number += 1) yield number === 1 ? "1" : ` ${number}`;
}

function* thoughts(count: number): Generator<string> {
  for (let index = 0; index < count; index += 1) {
    yield `${index === 0 ? "" : " "}${THOUGHTS[index % THOUGHTS.length]}`;
  }
}

function wordsOf(text: string): string[] {
  return text.match(/\s*\S+\s*/g) ?? [];
}

function* failure(after: number): Generator<Part> {
  const detail = `The demo model failed after ${after}, as the prompt told it to.`;
  yield { type: "error", error: new ModelFailure("model-failed", detail) };
}

async function* silence(signal: AbortSignal): AsyncGenerator<Part> {
  signal.throwIfAborted();
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  throw signal.reason;
}

function* toolCall(
  toolCallId: string,
  { toolName, input: given }: Extract<Act, { kind: "call" }>,
): Generator<Part> {
  const input = JSON.stringify(given);
  yield { type: "tool-input-start", id: toolCallId, toolName };
  yield { type: "tool-input-delta", id: toolCallId, delta: input };
  yield { type: "tool-input-end", id: toolCallId };
  yield { type: "tool-call", toolCallId, toolName, input };
}
