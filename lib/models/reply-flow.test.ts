import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { tool } from "ai";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Settings } from "#lib/env";
import { type FakeProvider, openaiEvents, startFakeProvider, stream } from "./fake-provider.ts";
import { askFor, drain } from "./fake-reply.ts";
import { STEPS_MAX } from "./stream-reply.ts";
import type { Tools } from "./tools/registry.ts";

const OPENAI = "openai/gpt-6-astra";

let provider: FakeProvider;
let settings: Partial<Settings>;

beforeEach(async () => {
  provider = await startFakeProvider();
  settings = { OPENAI_API_KEY: "key", OPENAI_BASE_URL: provider.url };
});

afterEach(() => provider.stop());

const wholeAnswer = stream([
  ...openaiEvents.start,
  ...openaiEvents.text("All ", "well."),
  ...openaiEvents.end,
]);
const toolCall = () => stream([...openaiEvents.start, ...openaiEvents.toolCall("work")]);
const work = (execute: (signal: AbortSignal | undefined) => Promise<string>): Tools => ({
  work: {
    ...tool({ inputSchema: z.object({}), execute: (_, { abortSignal }) => execute(abortSignal) }),
    sideEffects: true,
  },
});
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("what the provider is sent", () => {
  test("instructions come before all messages, and OpenAI is told to keep nothing", async () => {
    provider.answer(wholeAnswer);
    await drain(askFor({ model: OPENAI, settings, instructions: "Be brief." }).reply);
    expect(provider.requests[0]).toMatchObject({
      store: false,
      input: [
        { role: "developer", content: "Be brief." },
        { role: "user", content: [{ type: "input_text", text: "hello" }] },
      ],
    });
  });

  test("nobody is asked before the chunks are read", async () => {
    provider.answer(wholeAnswer);
    const { reply } = askFor({ model: OPENAI, settings });
    await later(10);
    expect(provider.requests).toHaveLength(0);
    expect((await drain(reply)).text).toBe("All well.");
  });
});

test("an answer that reached its length is an answer", async () => {
  provider.answer(stream([...openaiEvents.start, ...openaiEvents.text("On and "), ...openaiEvents.tooLong]));
  const { chunks, text, usage, failure } = await drain(askFor({ model: OPENAI, settings }).reply);
  expect(failure).toBeUndefined();
  expect(text).toBe("On and ");
  expect(chunks.at(-1)).toEqual({ type: "finish", finishReason: "length" });
  expect(usage).toEqual({ inputTokens: 3, outputTokens: 2, totalTokens: 5 });
});

describe("while it flows", () => {
  test("a tool that takes its time is not a silent model", async () => {
    provider.answer(toolCall(), wholeAnswer);
    const tools = work(async () => {
      await later(90);
      return "done";
    });
    const { text, failure } = await drain(askFor({ model: OPENAI, settings, tools, silenceMs: 60 }).reply);
    expect(failure).toBeUndefined();
    expect(text).toBe("All well.");
  });

  test("nor is one whose reader takes its time", async () => {
    provider.answer(wholeAnswer);
    const { reply } = askFor({ model: OPENAI, settings, silenceMs: 60 });
    let text = "";
    for await (const chunk of reply.chunks) {
      if (chunk.type === "text-delta") text += chunk.delta;
      if (chunk.type === "start-step") await later(90);
    }
    expect(text).toBe("All well.");
  });

  test("a running tool is told when the reply is stopped", async () => {
    provider.answer(toolCall());
    const stop = new AbortController();
    const { promise: told, resolve: tell } = Promise.withResolvers<void>();
    const tools = work(async (signal) => {
      signal?.addEventListener("abort", () => tell());
      stop.abort(new Error("lost the pen"));
      return new Promise(() => undefined);
    });
    const { failure } = await drain(askFor({ model: OPENAI, settings, tools, signal: stop.signal }).reply);
    expect(failure).toMatchObject({ message: "lost the pen" });
    await told;
  });

  test("a model that calls tools for ever is stopped after some steps", async () => {
    provider.answer(...Array.from({ length: STEPS_MAX + 1 }, toolCall));
    const tools = work(async () => "done");
    const { failure } = await drain(askFor({ model: OPENAI, settings, tools }).reply);
    expect(failure).toBeUndefined();
    expect(provider.requests).toHaveLength(STEPS_MAX);
  });

  test("a model is read no faster than its reader reads", async () => {
    let sent = 0;
    const endless: LanguageModelV4 = {
      specificationVersion: "v4",
      provider: "endless",
      modelId: "endless",
      supportedUrls: {},
      doGenerate: () => Promise.reject(new Error("not here")),
      doStream: async () => ({
        stream: new ReadableStream<LanguageModelV4StreamPart>({
          start: (controller) => controller.enqueue({ type: "text-start", id: "1" }),
          pull(controller) {
            sent += 1;
            controller.enqueue({ type: "text-delta", id: "1", delta: `${sent} ` });
          },
        }),
      }),
    };
    const { reply } = askFor({ model: "endless/endless", models: { languageModel: () => endless } });
    let read = 0;
    for await (const chunk of reply.chunks) {
      if (chunk.type === "text-delta") read += 1;
      if (read === 100) break;
      if (read === 50) await later(20);
    }
    // Some parts are always on their way through the AI SDK's stages.
    expect(sent).toBeLessThan(read + 50);
  });
});
