import { isStepCount, experimental_streamTextLowMemory as streamText } from "ai";
import type { Chunk, Message, Usage } from "#lib/protocol/event";
import type { OpenText } from "#lib/protocol/open-text";
import { type About, sentenceFor } from "./failure-sentences.ts";
import { intoOpenText } from "./go-on.ts";
import { guardModel } from "./guarded-model.ts";
import { type Attached, toModelMessages } from "./history.ts";
import { ModelFailure, type ModelFailureCode } from "./model-failure.ts";
import type { Models } from "./models.ts";
import { pacedFetch } from "./paced-fetch.ts";
import { DEMO_MODEL_ID } from "./provider-facts.ts";
import { createTranslator, type ReplyPart } from "./reply-chunks.ts";
import { withoutWords } from "./telemetry.ts";
import type { Tools } from "./tools/registry.ts";
import { toModelFailure } from "./translate-failure.ts";
import { type Sleep, sleep } from "./waiting.ts";

/** Calls to the model for one reply: each but the first follows the results of tools. */
export const STEPS_MAX = 20;

export type Prompt = {
  models: Pick<Models, "languageModel">;
  /** The id of the model that answers. */
  model: string;
  /** From the first message to the prompt, and an answer to go on with after it, if there is one. */
  messages: Message[];
  /** What the reply is more of, where the messages ask for the rest of an answer. */
  goesOn?: OpenText | undefined;
  /** Calls to the model that earlier attempts have made for this reply. */
  stepsBefore?: number;
  instructions?: string | null | undefined;
  /** What the model takes beside words; absent: whatever there is. */
  inputs?: Attached["inputs"];
  /** Gives the files that the messages name. */
  readFile?: Attached["readFile"];
  tools?: Tools | undefined;
  /** How long the model may say nothing at all. */
  silenceMs: number;
  /** How long a word may wait for the next ones, because it would wait further on. Absent: not at all. */
  restMs?: (() => number) | undefined;
  /** The worker's own. When it fires, the provider's request ends and the chunks throw its reason. */
  signal: AbortSignal;
  sleep?: Sleep;
  random?: () => number;
  /** In milliseconds; only for how long something took. */
  now?: () => number;
};

export type Reply = {
  /**
   * Asks the model when they are first read, and no faster than they are read.
   * They end when the model has finished; they throw a `ModelFailure` when it could not.
   */
  chunks: AsyncIterable<Chunk>;
  /** What the provider counted, once the chunks have ended in whatever way. Never rejects. */
  usage: Promise<Usage | undefined>;
};

/** Asks a model for its reply to a conversation. */
export function streamReply(prompt: Prompt): Reply {
  const { promise, resolve } = Promise.withResolvers<Usage | undefined>();
  return { chunks: chunksOf(prompt, resolve), usage: promise };
}

async function* chunksOf(prompt: Prompt, ended: (usage: Usage | undefined) => void): AsyncGenerator<Chunk> {
  const about: About = { model: prompt.model, silenceMs: prompt.silenceMs };
  const reading = new AbortController();
  let usage: Usage | undefined;
  let isFinished = false;
  try {
    prompt.signal.throwIfAborted();
    const reader = (await ask(prompt, about, AbortSignal.any([prompt.signal, reading.signal]))).getReader();
    const toChunk = createTranslator(prompt.tools, prompt.now ?? Date.now);
    const into = prompt.goesOn ? intoOpenText(prompt.goesOn) : (chunk: Chunk) => chunk;
    for (;;) {
      const { done, value: part } = await reader.read();
      // Stopped means that nothing more is said, not even what had arrived.
      prompt.signal.throwIfAborted();
      if (done) break;
      if (part.type === "error") throw part.error;
      if (part.type === "finish-step") usage = sum(usage, part.usage);
      isFinished ||= part.type === "finish";
      const said = toChunk(part);
      const chunk = said && into(said);
      if (chunk) yield chunk;
    }
    if (!isFinished) throw failure("model-cut-off", about);
  } catch (error) {
    prompt.signal.throwIfAborted();
    throw toModelFailure(error, about);
  } finally {
    // Also when the reader left early: nothing may go on at the provider.
    reading.abort();
    ended(usage);
  }
}

async function ask(
  prompt: Prompt,
  about: About,
  abortSignal: AbortSignal,
): Promise<ReadableStream<ReplyPart>> {
  const tools = prompt.tools ?? {};
  // The usual one keeps the whole reply for consumers that we do not have.
  const { stream } = streamText({
    model: guardModel(prompt.models.languageModel(prompt.model, prompt.restMs && pacedFetch(prompt.restMs)), {
      // The demo model stalls when it is told to, until it is cancelled.
      silenceMs: prompt.model === DEMO_MODEL_ID ? undefined : prompt.silenceMs,
      sleep: prompt.sleep ?? sleep,
      random: prompt.random ?? Math.random,
      translate: (error) => toModelFailure(error, about),
      fail: (code) => failure(code, about),
    }),
    instructions: prompt.instructions ?? undefined,
    messages: await toModelMessages(prompt.messages, tools, prompt),
    tools,
    toolApproval: approvalsFor(tools),
    stopWhen: isStepCount(Math.max(1, STEPS_MAX - (prompt.stepsBefore ?? 0))),
    // The guard tries again, and nobody else.
    maxRetries: 0,
    abortSignal,
    experimental_download: async (files) => files.map((file) => leaveToProvider(file, about)),
    telemetry: withoutWords("reply"),
    // Without this the AI SDK writes to the console. The failure comes as a part, and is thrown above.
    onError: () => undefined,
  });
  return stream;
}

/** A call of these is told, and the answer ends there until somebody has said whether it may be made. */
function approvalsFor(tools: Tools): Record<string, "user-approval"> {
  const asking = Object.keys(tools).filter((name) => tools[name]?.asks);
  return Object.fromEntries(asking.map((name) => [name, "user-approval"]));
}

/** This server fetches no address that a prompt names: it may be one that only this server can reach. */
function leaveToProvider(file: { isUrlSupportedByModel: boolean }, about: About): null {
  if (!file.isUrlSupportedByModel) throw failure("model-refused-prompt", about);
  return null;
}

function failure(code: ModelFailureCode, about: About): ModelFailure {
  return new ModelFailure(code, sentenceFor(code, about));
}

function sum(one: Usage | undefined, other: Usage): Usage {
  const add = (a: number | undefined, b: number | undefined) =>
    a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
  return {
    inputTokens: add(one?.inputTokens, other.inputTokens),
    outputTokens: add(one?.outputTokens, other.outputTokens),
    totalTokens: add(one?.totalTokens, other.totalTokens),
  };
}
