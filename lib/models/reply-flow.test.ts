import type { LanguageModelV4 } from "@ai-sdk/provider";
import { tool } from "ai";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Settings } from "#lib/env";
import { called, fakeModel, spoken } from "./fake-model.ts";
import { type FakeProvider, openaiEvents, startFakeProvider, stream } from "./fake-provider.ts";
import { askFor, drain } from "./fake-reply.ts";
import { type Prompt, STEPS_MAX } from "./stream-reply.ts";
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
const work = (execute: (signal: AbortSignal | undefined) => Promise<string>): Tools => ({
  work: {
    ...tool({ inputSchema: z.object({}), execute: (_, { abortSignal }) => execute(abortSignal) }),
    sideEffects: true,
  },
});
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const ask = (fake: LanguageModelV4, given: Partial<Prompt> = {}) =>
  askFor({ model: "fake/fake", models: { languageModel: () => fake }, ...given }).reply;

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
    for (let turn = 0; turn < 100; turn += 1) await nextTurn();
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
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());

  test("a tool that takes its time is not a silent model", async () => {
    const fake = fakeModel((call) => (call === 1 ? called("work") : spoken("All ", "well.")));
    const tools = work(async () => {
      await vi.advanceTimersByTimeAsync(60_000);
      return "done";
    });
    const { text, failure } = await drain(ask(fake, { tools, silenceMs: 1_000 }));
    expect(failure).toBeUndefined();
    expect(text).toBe("All well.");
  });

  test("nor is one whose reader takes its time", async () => {
    const reply = ask(
      fakeModel(() => spoken("All ", "well.")),
      { silenceMs: 1_000 },
    );
    let text = "";
    for await (const chunk of reply.chunks) {
      if (chunk.type === "text-delta") text += chunk.delta;
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(text).toBe("All well.");
  });

  test("a running tool is told when the reply is stopped", async () => {
    const stop = new AbortController();
    const { promise: told, resolve: tell } = Promise.withResolvers<void>();
    const tools = work(async (signal) => {
      signal?.addEventListener("abort", () => tell());
      stop.abort(new Error("lost the pen"));
      return new Promise(() => undefined);
    });
    const fake = fakeModel(() => called("work"));
    const { failure } = await drain(ask(fake, { tools, signal: stop.signal }));
    expect(failure).toMatchObject({ message: "lost the pen" });
    await told;
  });

  test("a call to a tool that is not there is told to the model, once", async () => {
    const fake = fakeModel((call) => (call === 1 ? called("nothing") : spoken("Sorry.")));
    const { chunks, text, failure } = await drain(ask(fake, { tools: work(async () => "done") }));
    expect(failure).toBeUndefined();
    expect(text).toBe("Sorry.");
    const errors = chunks.filter((chunk) => chunk.type.endsWith("-error"));
    expect(errors).toMatchObject([{ type: "tool-input-error", toolCallId: "call_1", toolName: "nothing" }]);
  });

  test("a model that ends without a finish was cut off, and all it said arrives", async () => {
    const fake = fakeModel(() => [...spoken("One ", "two ", "three ")].slice(0, -2));
    const reply = ask(fake);
    let text = "";
    const reading = (async () => {
      for await (const chunk of reply.chunks) {
        if (chunk.type === "text-delta") text += chunk.delta;
        for (let turn = 0; turn < 20; turn += 1) await nextTurn();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: "model-cut-off" });
    expect(text).toBe("One two three ");
  });

  test("a model that calls tools for ever is stopped after some steps", async () => {
    let calls = 0;
    const fake = fakeModel((call) => {
      calls = call;
      return called("work");
    });
    const { failure } = await drain(ask(fake, { tools: work(async () => "done") }));
    expect(failure).toBeUndefined();
    expect(calls).toBe(STEPS_MAX);
  });

  test("a model is read no faster than its reader reads", async () => {
    let sent = 0;
    const reply = ask(
      fakeModel(function* () {
        yield { type: "text-start", id: "1" };
        for (;;) {
          sent += 1;
          yield { type: "text-delta", id: "1", delta: `${sent} ` };
        }
      }),
    );
    let read = 0;
    for await (const chunk of reply.chunks) {
      if (chunk.type === "text-delta") read += 1;
      if (read === 100) break;
      // Enough turns for everything that would run ahead to do so.
      if (read === 50) for (let turn = 0; turn < 100; turn += 1) await nextTurn();
    }
    // Some parts are always on their way through the AI SDK's stages.
    expect(sent).toBeLessThan(read + 50);
  });
});
