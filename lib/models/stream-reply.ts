import { isStepCount, experimental_streamTextLowMemory as streamText, toUIMessageStream } from "ai";
import type { Chunk, Message, Usage } from "#lib/protocol/event";
import { type About, sentenceFor } from "./failure-sentences.ts";
import { guardModel } from "./guarded-model.ts";
import { toModelMessages } from "./history.ts";
import { ModelFailure, type ModelFailureCode } from "./model-failure.ts";
import type { Models } from "./models.ts";
import { DEMO_MODEL_ID } from "./provider-facts.ts";
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
  instructions?: string | null | undefined;
  tools?: Tools | undefined;
  /** How long the model may say nothing at all. */
  silenceMs: number;
  /** The worker's own. When it fires, the provider's request ends and the chunks throw its reason. */
  signal: AbortSignal;
  sleep?: Sleep;
  random?: () => number;
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
  try {
    prompt.signal.throwIfAborted();
    const reply = await ask(prompt, about, AbortSignal.any([prompt.signal, reading.signal]), (counted) => {
      usage = sum(usage, counted);
    });
    for await (const chunk of untilFinished(reply, about)) {
      // Stopped means that nothing more is said, not even what had arrived.
      prompt.signal.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    prompt.signal.throwIfAborted();
    throw toModelFailure(error, about);
  } finally {
    // Also when the reader left early: nothing may go on at the provider.
    reading.abort();
    ended(usage);
  }
}

type Asked = { chunks: ReadableStream<Chunk>; cause: () => unknown };

async function ask(
  prompt: Prompt,
  about: About,
  abortSignal: AbortSignal,
  count: (usage: Usage) => void,
): Promise<Asked> {
  const tools = prompt.tools ?? {};
  let cause: unknown;
  const { stream } = streamText({
    model: guardModel(prompt.models.languageModel(prompt.model), {
      // The demo model stalls when it is told to, until it is cancelled.
      silenceMs: prompt.model === DEMO_MODEL_ID ? undefined : prompt.silenceMs,
      sleep: prompt.sleep ?? sleep,
      random: prompt.random ?? Math.random,
      translate: (error) => toModelFailure(error, about),
      fail: (code) => failure(code, about),
    }),
    instructions: prompt.instructions ?? undefined,
    messages: await toModelMessages(prompt.messages, tools),
    tools,
    stopWhen: isStepCount(STEPS_MAX),
    // The guard tries again. Twice would be nine times.
    maxRetries: 0,
    abortSignal,
    experimental_download: async (files) => files.map((file) => leaveToProvider(file, about)),
    onLanguageModelCallEnd: (call) => count(call.usage),
    // Without this the AI SDK writes to the console. The failure comes as a chunk, and is thrown below.
    onError: () => undefined,
  });
  const chunks = toUIMessageStream({
    stream,
    tools,
    sendReasoning: true,
    sendSources: true,
    // A tool's error is what the model read too: the record must not say something else.
    redactToolErrors: false,
    onError(error) {
      cause = error;
      return "";
    },
  });
  return { chunks, cause: () => cause };
}

async function* untilFinished({ chunks, cause }: Asked, about: About): AsyncGenerator<Chunk> {
  const reader = chunks.getReader();
  let isFinished = false;
  for (;;) {
    const { done, value: chunk } = await reader.read();
    if (done || chunk.type === "abort") break;
    if (chunk.type === "error") throw cause();
    isFinished ||= chunk.type === "finish";
    yield chunk;
  }
  if (!isFinished) throw failure("model-cut-off", about);
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
