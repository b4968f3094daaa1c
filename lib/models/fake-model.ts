import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider";

type Part = LanguageModelV4StreamPart;

/** A model for tests that sends what `sends` returns, one part for each time it is read; one array a call. */
export function fakeModel(sends: (callNumber: number) => Iterable<Part>): LanguageModelV4 {
  let calls = 0;
  return {
    specificationVersion: "v4",
    provider: "fake",
    modelId: "fake",
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error("This model only streams.")),
    async doStream() {
      calls += 1;
      const parts = sends(calls)[Symbol.iterator]();
      return {
        stream: new ReadableStream<Part>({
          pull(controller) {
            const { done, value } = parts.next();
            if (done) controller.close();
            else controller.enqueue(value);
          },
        }),
      };
    },
  };
}

export function* spoken(...deltas: string[]): Generator<Part> {
  yield { type: "text-start", id: "1" };
  for (const delta of deltas) yield { type: "text-delta", id: "1", delta };
  yield { type: "text-end", id: "1" };
  yield finish("stop");
}

export function* called(toolName: string): Generator<Part> {
  yield { type: "tool-call", toolCallId: "call_1", toolName, input: "{}" };
  yield finish("tool-calls");
}

function finish(unified: "stop" | "tool-calls"): Part {
  return {
    type: "finish",
    finishReason: { unified, raw: unified },
    usage: {
      inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: 1, text: 1, reasoning: undefined },
    },
  };
}
