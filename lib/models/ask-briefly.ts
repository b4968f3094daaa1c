import { streamText } from "ai";
import { type About, sentenceFor } from "./failure-sentences.ts";
import { guardModel } from "./guarded-model.ts";
import { ModelFailure } from "./model-failure.ts";
import type { Models } from "./models.ts";
import { parseModelId } from "./provider-facts.ts";
import { withoutWords } from "./telemetry.ts";
import { toModelFailure } from "./translate-failure.ts";
import { sleep } from "./waiting.ts";

/** With room for a model that cannot but think first. */
const OUTPUT_MAX_TOKENS = 1_500;
/** Who says more than this has not understood the question. */
const OUTPUT_MAX_LENGTH = 2_000;
const SILENCE_MS = 15_000;

type Question = {
  models: Pick<Models, "languageModel">;
  model: string;
  instructions: string;
  question: string;
  signal: AbortSignal;
};

/**
 * What a model says to a small question, without tools, and with as little thought as it can be asked for.
 *
 * @throws a `ModelFailure`, or the signal's reason
 */
export async function askBriefly({
  models,
  model,
  instructions,
  question,
  signal,
}: Question): Promise<string> {
  const about: About = { model, silenceMs: SILENCE_MS };
  const enough = new AbortController();
  try {
    const { stream } = streamText({
      model: guardModel(models.languageModel(model), {
        silenceMs: SILENCE_MS,
        sleep,
        random: Math.random,
        translate: (error) => toModelFailure(error, about),
        fail: (code) => new ModelFailure(code, sentenceFor(code, about)),
      }),
      instructions,
      prompt: question,
      maxOutputTokens: OUTPUT_MAX_TOKENS,
      ...thinkingLittle(model),
      maxRetries: 0,
      abortSignal: AbortSignal.any([signal, enough.signal]),
      telemetry: withoutWords("aside"),
      onError: () => undefined,
    });
    let said = "";
    for await (const part of stream) {
      if (part.type === "error") throw part.error;
      if (part.type === "text-delta") said += part.text;
      if (said.length > OUTPUT_MAX_LENGTH) break;
    }
    signal.throwIfAborted();
    return said.slice(0, OUTPUT_MAX_LENGTH).toWellFormed();
  } catch (error) {
    signal.throwIfAborted();
    throw toModelFailure(error, about);
  } finally {
    enough.abort();
  }
}

/** Asked only of those that are known to take it: others refuse what they do not know. */
function thinkingLittle(model: string): { reasoning?: "none" | "low" } {
  const { provider, name } = parseModelId(model);
  if (provider === "anthropic") return { reasoning: "none" };
  if (provider === "google" || (provider === "openai" && /^(o\d|gpt-5)/.test(name)))
    return { reasoning: "low" };
  return {};
}
