import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import { newId } from "#lib/protocol/ids";
import { DEMO_ANSWER } from "./demo-answer.ts";
import { fileIn, sayFiles } from "./demo-files.ts";
import { play, type Stage } from "./demo-performance.ts";
import { sentenceAbout } from "./demo-results.ts";
import { type Act, scriptOf } from "./demo-script.ts";
import { asksForRest } from "./go-on.ts";
import { readableFrom } from "./readable.ts";
import { sleep } from "./waiting.ts";

type Part = LanguageModelV4StreamPart;
type Deps = Omit<Stage, "signal">;

/** A model that needs no key and does what the prompt tells it, for tests and for trying things out. */
export function createDemoModel(given: Partial<Deps> = {}): LanguageModelV4 {
  const deps: Deps = { now: Date.now, sleep, newId, ...given };
  return {
    specificationVersion: "v4",
    provider: "demo",
    modelId: "demo",
    supportedUrls: {},
    async doStream(call) {
      const stop = new AbortController();
      const signal = call.abortSignal ? AbortSignal.any([call.abortSignal, stop.signal]) : stop.signal;
      return { stream: readableFrom(perform(call, { ...deps, signal }), () => stop.abort()) };
    },
    async doGenerate(call) {
      const signal = call.abortSignal ?? new AbortController().signal;
      // Nobody watches, so there is nothing to wait for.
      return gather(perform(call, { ...deps, sleep: async () => undefined, signal }));
    },
  };
}

async function* perform(call: LanguageModelV4CallOptions, stage: Stage): AsyncGenerator<Part> {
  yield { type: "stream-start", warnings: [] };
  let words = 0;
  let asks = false;
  const said = saidBefore(call.prompt);
  for (const [index, act] of actsFor(call).entries()) {
    if (said !== "" && act.kind === "think") continue;
    for await (const part of play(act, String(index), stage, said)) {
      yield part;
      // A provider that failed sends no finish either.
      if (part.type === "error") return;
      if (part.type === "text-delta" || part.type === "reasoning-delta") words += 1;
      if (part.type === "tool-call") asks = true;
    }
  }
  const unified = asks ? "tool-calls" : "stop";
  yield { type: "finish", finishReason: { unified, raw: unified }, usage: usageOf(call.prompt, words) };
}

function actsFor({ prompt, tools = [] }: LanguageModelV4CallOptions): Act[] {
  const last = prompt.at(-1);
  if (last?.role === "tool") return [{ kind: "say", text: sentenceAbout(last.content) }];
  const files = textsOf(prompt).flatMap((text) => fileIn(text) ?? []);
  const otherwise = files.length > 0 ? sayFiles(files) : DEMO_ANSWER;
  return scriptOf(lastPrompt(prompt), otherwise).map((act) =>
    act.kind === "call" && !tools.some(({ name }) => name === act.toolName)
      ? { kind: "say", text: missing(act.toolName, tools) }
      : act,
  );
}

function missing(toolName: string, tools: { name: string }[]): string {
  if (toolName === "current_time") return "The demo model was given no clock.";
  const given = tools.map(({ name }) => `\`${name}\``).join(", ");
  return `The demo model was not given the tool \`${toolName}\`. It has ${given || "none"}.`;
}

/** What it has said to the prompt already, where it is asked for the rest. */
function saidBefore(messages: LanguageModelV4Prompt): string {
  if (!isAskedForRest(messages)) return "";
  const answer = messages.at(-2);
  if (answer?.role !== "assistant") return "";
  return answer.content.map((part) => (part.type === "text" ? part.text : "")).join("");
}

function isAskedForRest(messages: LanguageModelV4Prompt): boolean {
  const last = messages.at(-1);
  return last?.role === "user" && last.content.some((part) => part.type === "text" && asksForRest(part.text));
}

function lastPrompt(messages: LanguageModelV4Prompt): string {
  return textsOf(messages)
    .filter((text) => fileIn(text) === undefined)
    .join("");
}

function textsOf(messages: LanguageModelV4Prompt): string[] {
  const asked = isAskedForRest(messages) ? messages.slice(0, -1) : messages;
  const last = asked.findLast((message) => message.role === "user");
  return last?.content.flatMap((part) => (part.type === "text" ? part.text : [])) ?? [];
}

/** A word counts as one, here. */
function usageOf(prompt: LanguageModelV4Prompt, words: number): LanguageModelV4Usage {
  const read = lastPrompt(prompt).split(/\s+/).filter(Boolean).length;
  return {
    inputTokens: { total: read, noCache: read, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: words, text: words, reasoning: undefined },
  };
}

/** The same answer in one piece, for callers that do not stream. */
async function gather(parts: AsyncIterable<Part>): Promise<LanguageModelV4GenerateResult> {
  const content: LanguageModelV4Content[] = [];
  for await (const part of parts) {
    if (part.type === "error") throw part.error;
    if (part.type === "text-start") content.push({ type: "text", text: "" });
    if (part.type === "reasoning-start") content.push({ type: "reasoning", text: "" });
    if (part.type === "tool-call") content.push(part);
    const last = content.at(-1);
    if ((part.type === "text-delta" || part.type === "reasoning-delta") && last && "text" in last) {
      last.text += part.delta;
    }
    if (part.type === "finish") {
      return { content, finishReason: part.finishReason, usage: part.usage, warnings: [] };
    }
  }
  throw new Error("The demo model ended without a finish.");
}
