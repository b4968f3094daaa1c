import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Settings } from "#lib/env";
import {
  anthropicEvents,
  type FakeProvider,
  openaiEvents,
  refuse,
  startFakeProvider,
  stream,
} from "./fake-provider.ts";
import { askFor, drain } from "./fake-reply.ts";
import { RETRY_AFTER_MAX_MS, TRIES_MAX, TRY_AGAIN_BASE_MS } from "./tries.ts";

const OPENAI = "openai/gpt-6-astra";
const ANTHROPIC = "anthropic/claude-sonnet-5-5";

let provider: FakeProvider;
let settings: Partial<Settings>;

beforeEach(async () => {
  provider = await startFakeProvider();
  settings = {
    OPENAI_API_KEY: "sk-secret",
    OPENAI_BASE_URL: provider.url,
    ANTHROPIC_API_KEY: "sk-secret",
    ANTHROPIC_BASE_URL: provider.url,
    OPENAI_COMPATIBLE_BASE_URL: provider.url,
  };
});

afterEach(() => provider.stop());

const wholeAnswer = stream([
  ...openaiEvents.start,
  ...openaiEvents.text("All ", "well."),
  ...openaiEvents.end,
]);
const chunkOf = (content: string, finish_reason: string | null = null) => ({
  id: "1",
  created: 1,
  model: "llama",
  choices: [{ index: 0, delta: { content }, finish_reason }],
});

describe("what the person is told", () => {
  test.each([
    [401, "model-key-refused", "Set OPENAI_API_KEY to a valid key"],
    [403, "model-key-refused", "Set OPENAI_API_KEY to a valid key"],
    [404, "model-not-found", "does not know the model gpt-6-astra"],
    [400, "model-refused-prompt", "cannot answer this as it is"],
    [413, "model-context-exceeded", "too long for this model"],
  ])("status %i is %s, and is not tried again", async (status, code, sentence) => {
    provider.answer(refuse(status, { error: { message: "Incorrect API key sk-secret", type: "x" } }));
    const { failure } = await drain(askFor({ model: OPENAI, settings }).reply);
    expect(failure).toMatchObject({ name: "ModelFailure", code });
    expect((failure as Error).message).toContain(sentence);
    expect((failure as Error).message).not.toContain("sk-secret");
    expect(provider.requests).toHaveLength(1);
  });

  test("the cause is for the operator, without the conversation", async () => {
    provider.answer(refuse(400, { error: { message: "Bad part 3", type: "invalid_request_error" } }));
    const { failure } = await drain(askFor({ model: OPENAI, settings, text: "my secret" }).reply);
    const { cause } = failure as Error;
    expect(String(cause)).toContain("Bad part 3");
    expect(inspect(cause, { depth: 9 })).not.toContain("my secret");
  });

  test("a provider that is not there is model-unreachable", async () => {
    await provider.stop();
    const { failure } = await drain(askFor({ model: OPENAI, settings }).reply);
    expect(failure).toMatchObject({ code: "model-unreachable" });
  });

  test("a model of a provider that is not configured is model-not-found", async () => {
    const { failure } = await drain(askFor({ model: "google/gemini-4-argon", settings }).reply);
    expect(failure).toMatchObject({ code: "model-not-found" });
    expect((failure as Error).message).toContain("GOOGLE_GENERATIVE_AI_API_KEY");
  });

  test("an address that only this server may reach is never fetched", async () => {
    const parts = [{ type: "file" as const, mediaType: "audio/mpeg", url: `${provider.url}/inside.mp3` }];
    const messages = [
      { id: "1", conversationId: "1", parentId: null, role: "user" as const, parts, createdAt: "" },
    ];
    const { failure } = await drain(askFor({ model: OPENAI, settings, messages }).reply);
    expect(failure).toMatchObject({ code: "model-refused-prompt" });
    expect(provider.requests).toHaveLength(0);
  });
});

describe("a reply that breaks off", () => {
  test.each([
    ["a broken connection", "break"],
    ["a stream that just ends", "end"],
  ] as const)("after %s nothing said is lost, and it fails as model-cut-off", async (_, then) => {
    provider.answer(stream([...openaiEvents.start, ...openaiEvents.text("One ", "two ")], then));
    const { text, chunks, failure } = await drain(askFor({ model: OPENAI, settings }).reply);
    expect(text).toBe("One two ");
    expect(chunks.some((chunk) => chunk.type === "finish")).toBe(false);
    expect(failure).toMatchObject({ code: "model-cut-off" });
    expect(provider.requests).toHaveLength(1);
  });

  test.each([
    ["a broken connection", "break"],
    ["a stream that just ends", "end"],
  ] as const)("so it is with Anthropic, after %s", async (_, then) => {
    provider.answer(stream([...anthropicEvents.start, ...anthropicEvents.text("One ", "two ")], then));
    const { text, failure } = await drain(askFor({ model: ANTHROPIC, settings }).reply);
    expect(text).toBe("One two ");
    expect(failure).toMatchObject({ code: "model-cut-off" });
  });

  test.each([
    ["a broken connection", "break"],
    ["a stream that just ends", "end"],
  ] as const)("and with an OpenAI-compatible server, after %s", async (_, then) => {
    provider.answer(stream([chunkOf("One "), chunkOf("two ")], then));
    const { text, failure } = await drain(askFor({ model: "openai-compatible/llama", settings }).reply);
    expect(text).toBe("One two ");
    expect(failure).toMatchObject({ code: "model-cut-off" });
  });

  test("an error in mid-answer ends it there, and is not tried again", async () => {
    provider.answer(
      stream([
        ...anthropicEvents.start,
        ...anthropicEvents.text("One "),
        ...anthropicEvents.error("overloaded_error"),
      ]),
    );
    const { text, failure } = await drain(askFor({ model: ANTHROPIC, settings }).reply);
    expect(text).toBe("One ");
    expect(failure).toMatchObject({ code: "model-overloaded" });
    expect(provider.requests).toHaveLength(1);
  });
});

describe("tried again", () => {
  test.each([
    ["too many requests", refuse(429, { error: { message: "Slow down" } })],
    ["a fault", refuse(500, { error: { message: "Oops" } })],
    ["an overload", refuse(529, { error: { message: "Overloaded" } })],
    ["a timeout", refuse(408, { error: { message: "Timeout" } })],
    ["a connection that breaks before a word", stream([], "break")],
    ["a stream that ends before a word", stream(openaiEvents.start)],
  ])("%s is forgotten when the next try succeeds", async (_, bad) => {
    provider.answer(bad, bad, wholeAnswer);
    const { reply, waits } = askFor({ model: OPENAI, settings });
    const { text, chunks, failure } = await drain(reply);
    expect(failure).toBeUndefined();
    expect(text).toBe("All well.");
    expect(chunks.map((chunk) => chunk.type)).toEqual([
      "start",
      "start-step",
      "text-start",
      "text-delta",
      "text-end",
      "finish-step",
      "finish",
    ]);
    expect(waits).toEqual([TRY_AGAIN_BASE_MS, TRY_AGAIN_BASE_MS * 2]);
  });

  test("an overload inside Anthropic's stream is tried again while nothing was said", async () => {
    const overload = anthropicEvents.error("overloaded_error");
    provider.answer(
      stream(overload),
      stream([...anthropicEvents.start, ...overload]),
      stream([...anthropicEvents.start, ...anthropicEvents.text("All well."), ...anthropicEvents.end]),
    );
    const { chunks, text, failure } = await drain(askFor({ model: ANTHROPIC, settings }).reply);
    expect(failure).toBeUndefined();
    expect(text).toBe("All well.");
    expect(chunks.filter((chunk) => chunk.type === "start-step")).toHaveLength(1);
  });

  test("it is given up after some tries, with what the last one said", async () => {
    const busy = refuse(429, { error: { message: "Slow down" } });
    provider.answer(...Array.from({ length: TRIES_MAX + 1 }, () => busy));
    const { failure } = await drain(askFor({ model: OPENAI, settings }).reply);
    expect(failure).toMatchObject({ code: "model-rate-limited" });
    expect(provider.requests).toHaveLength(TRIES_MAX);
  });

  test("a provider that says when is asked then, within reason", async () => {
    provider.answer(
      refuse(429, { error: { message: "Slow down" } }, { "retry-after": "7" }),
      refuse(429, { error: { message: "Slow down" } }, { "retry-after": "3600" }),
      wholeAnswer,
    );
    const { reply, waits } = askFor({ model: OPENAI, settings });
    await drain(reply);
    expect(waits).toEqual([7_000, RETRY_AFTER_MAX_MS]);
  });

  test("a key without credit is not tried again", async () => {
    provider.answer(refuse(429, { error: { message: "No credit", code: "insufficient_quota" } }));
    const { failure } = await drain(askFor({ model: OPENAI, settings }).reply);
    expect(failure).toMatchObject({ code: "model-quota-exceeded" });
    expect(provider.requests).toHaveLength(1);
  });
});
