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

type Params = LanguageModelV4CallOptions & { abortSignal: AbortSignal };

async function* tryUntilSaid(model: LanguageModelV4, params: Params, guard: Guard): AsyncGenerator<Part> {
  for (let tries = 1; ; tries += 1) {
    const call = openCall(model, params, guard);
    let isSaid = false;
    try {
      for (let part = await call.next(); part; part = await call.next()) {
        isSaid ||= !isPreamble(part);
        yield part;
      }
      return;
    } catch (error) {
      // Before the wait below: a request that failed inside its stream may still be open.
      call.end();
      params.abortSignal.throwIfAborted();
      const failure = guard.translate(error);
      if (isSaid || !mayPass(failure) || tries === TRIES_MAX) {
        // As a part and not thrown: a stream that errors may drop what is still queued in it.
        yield { type: "error", error: failure };
        return;
      }
      await guard.sleep(waitBeforeNextTry(tries, failure, guard.random), params.abortSignal);
    } finally {
      call.end();
    }
  }
}

type Call = {
  /** The next part, or nothing after the finish. Throws whatever keeps the call from finishing. */
  next(): Promise<Part | undefined>;
  /** Leaves no request open. */
  end(): void;
};

function openCall(model: LanguageModelV4, params: Params, guard: Guard): Call {
  const watch = watchSilence({
    silenceMs: guard.silenceMs,
    silent: () => guard.fail("model-silent"),
    signal: params.abortSignal,
  });
  let reader: ReadableStreamDefaultReader<Part> | undefined;
  let isFinished = false;

  async function open(): Promise<ReadableStreamDefaultReader<Part>> {
    // Raw chunks show every sign of life, those included that say nothing: pings, and thinking out of sight.
    const call = model.doStream({ ...params, abortSignal: watch.signal, includeRawChunks: true });
    return (await watch.wait(call)).stream.getReader();
  }

  return {
    async next() {
      reader ??= await open();
      for (;;) {
        const { done, value: part } = await watch.wait(reader.read());
        if (done && isFinished) return undefined;
        if (done) throw guard.fail("model-cut-off");
        if (saysNothing(part)) continue;
        if (part.type === "error") throw part.error;
        if (part.type === "finish") {
          refuseFalseFinish(part, guard);
          isFinished = true;
        }
        return part;
      }
    },
    end: watch.end,
  };
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
