import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { wrapLanguageModel } from "ai";
import type { ModelFailure } from "./model-failure.ts";
import { readableFrom } from "./readable.ts";
import { watchSilence } from "./silence.ts";
import { mayPass, TRIES_MAX, waitBeforeNextTry } from "./tries.ts";
import type { Sleep } from "./waiting.ts";

type Part = LanguageModelV4StreamPart;

export type Guard = {
  silenceMs: number | undefined;
  sleep: Sleep;
  random: () => number;
  /** Gives an error its code. */
  translate(error: unknown): ModelFailure;
  /** Makes a failure that no error stands for. */
  fail(code: ModelFailure["code"]): ModelFailure;
};

/**
 * A model whose calls end in one of two ways: with a finish, or with one error part that holds a `ModelFailure`.
 * A failure that may pass is tried again here as long as nothing was said; what was said is never said twice.
 */
export function guardModel(model: LanguageModelV4, guard: Guard): LanguageModelV4 {
  return wrapLanguageModel({
    model,
    middleware: {
      async wrapStream({ model: inner, params }) {
        const reader = new AbortController();
        const abortSignal = params.abortSignal
          ? AbortSignal.any([params.abortSignal, reader.signal])
          : reader.signal;
        const parts = tryUntilSaid(inner, { ...params, abortSignal }, guard);
        return { stream: readableFrom(parts, () => reader.abort()) };
      },
    },
  });
}

type Call = LanguageModelV4CallOptions & { abortSignal: AbortSignal };

async function* tryUntilSaid(model: LanguageModelV4, call: Call, guard: Guard): AsyncGenerator<Part> {
  for (let tries = 1; ; tries += 1) {
    let isSaid = false;
    try {
      for await (const part of partsOf(model, call, guard)) {
        isSaid ||= !isPreamble(part);
        yield part;
      }
      return;
    } catch (error) {
      call.abortSignal.throwIfAborted();
      const failure = guard.translate(error);
      if (isSaid || !mayPass(failure) || tries === TRIES_MAX) {
        // As a part and not thrown: a stream that errors loses what is still queued in it.
        yield { type: "error", error: failure };
        return;
      }
      await guard.sleep(waitBeforeNextTry(tries, failure, guard.random), call.abortSignal);
    }
  }
}

/** One call, to its end. Throws whatever kept it from finishing; leaves no request open. */
async function* partsOf(model: LanguageModelV4, call: Call, guard: Guard): AsyncGenerator<Part> {
  const watch = watchSilence({
    silenceMs: guard.silenceMs,
    silent: () => guard.fail("model-silent"),
    signal: call.abortSignal,
  });
  try {
    // Raw chunks show every sign of life, those included that say nothing: pings, and thinking out of sight.
    const { stream } = await watch.wait(
      model.doStream({ ...call, abortSignal: watch.signal, includeRawChunks: true }),
    );
    const reader = stream.getReader();
    let isFinished = false;
    for (;;) {
      const { done, value } = await watch.wait(reader.read());
      if (done) break;
      if (saysNothing(value)) continue;
      if (value.type === "error") throw value.error;
      if (value.type === "finish") {
        refuseFalseFinish(value, guard);
        isFinished = true;
      }
      yield value;
    }
    if (!isFinished) throw guard.fail("model-cut-off");
  } finally {
    watch.end();
  }
}

/** Providers say `interrupted` for a stream that ended without an end, and `error` for one that went wrong. */
function refuseFalseFinish({ finishReason }: Extract<Part, { type: "finish" }>, guard: Guard): void {
  if (finishReason.unified === "interrupted") throw guard.fail("model-cut-off");
  if (finishReason.unified === "error") throw guard.fail("model-failed");
}

/** Signs of life. Anthropic's `message_start` is kept out too: it tells of the request, and would come once a try. */
function saysNothing(part: Part): boolean {
  return (
    part.type === "raw" ||
    part.type === "ping" ||
    (part.type === "custom" && part.kind === "anthropic.message_start")
  );
}

/** What the AI SDK takes note of and passes on to nobody. */
function isPreamble(part: Part): boolean {
  return part.type === "stream-start" || part.type === "response-metadata";
}
