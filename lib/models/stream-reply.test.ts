import { LLMock } from "@copilotkit/aimock";
import type { ToolUIPart } from "ai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Settings } from "#lib/env";
import { askFor, drain, folded, message } from "./fake-reply.ts";
import { ownTools } from "./tools/registry.ts";

const NOON = new Date("2026-03-01T12:00:00Z");
const tools = ownTools({ FETCH_HOSTS: [] }, () => NOON);

const provider = new LLMock({ port: 0 });
let settings: Partial<Settings>;

beforeAll(async () => {
  provider.onMessage("hello", { content: "Hello to **you**." });
  provider.onMessage("ponder", { content: "It depends.", reasoning: "On the one hand, on the other." });
  provider.on(
    { userMessage: "time", hasToolResult: false },
    { toolCalls: [{ name: "current_time", arguments: '{"timeZone":"Europe/Berlin"}', id: "call_1" }] },
  );
  provider.on({ userMessage: "time", hasToolResult: true }, { content: "It is one o'clock." });
  provider.on(
    { userMessage: "nowhere", hasToolResult: false },
    { toolCalls: [{ name: "current_time", arguments: '{"timeZone":"Nowhere"}', id: "call_2" }] },
  );
  provider.on({ userMessage: "nowhere", hasToolResult: true }, { content: "There is no such place." });
  await provider.start();
  settings = {
    OPENAI_API_KEY: "key",
    OPENAI_BASE_URL: `${provider.url}/v1`,
    ANTHROPIC_API_KEY: "key",
    ANTHROPIC_BASE_URL: `${provider.url}/v1`,
    GOOGLE_GENERATIVE_AI_API_KEY: "key",
    GOOGLE_GENERATIVE_AI_BASE_URL: `${provider.url}/v1beta`,
    OPENAI_COMPATIBLE_BASE_URL: `${provider.url}/v1`,
  };
});

afterAll(() => provider.stop());

describe.each([
  "openai/gpt-6-astra",
  "anthropic/claude-sonnet-5-5",
  "google/gemini-4-argon",
  "openai-compatible/llama",
])("%s", (model) => {
  test("its text comes as chunks, from start to finish", async () => {
    const { chunks, text, failure } = await drain(askFor({ model, settings, text: "hello" }).reply);
    expect(failure).toBeUndefined();
    expect(text).toBe("Hello to **you**.");
    expect(chunks.map((chunk) => chunk.type).filter((type) => type !== "text-delta")).toEqual([
      "start",
      "start-step",
      ...(chunks.some((chunk) => chunk.type === "reasoning-start")
        ? ["reasoning-start", "reasoning-end"]
        : []),
      "text-start",
      "text-end",
      "finish-step",
      "finish",
    ]);
  });

  test("the answer's id is left to the caller", async () => {
    const { chunks } = await drain(askFor({ model, settings, text: "hello" }).reply);
    expect(chunks[0]).toEqual({ type: "start" });
  });

  test("its reasoning comes before its text", async () => {
    const { chunks } = await drain(askFor({ model, settings, text: "ponder" }).reply);
    const said = await folded(chunks);
    expect(said?.parts.filter((part) => "text" in part)).toMatchObject([
      { type: "reasoning", text: "On the one hand, on the other.", state: "done" },
      { type: "text", text: "It depends.", state: "done" },
    ]);
  });
});

// Google's tool calls have no case here: the fake ends them with a finish reason that Google does not use.
describe.each(["openai/gpt-6-astra", "anthropic/claude-sonnet-5-5", "openai-compatible/llama"])(
  "tools of %s",
  (model) => {
    test("a tool is run, and its result answered in a second step", async () => {
      const { chunks, failure } = await drain(askFor({ model, settings, tools, text: "what time" }).reply);
      expect(failure).toBeUndefined();
      expect(chunks.filter((chunk) => chunk.type === "finish-step")).toHaveLength(2);
      const parts = (await folded(chunks))?.parts ?? [];
      expect(parts.find((part) => part.type === "tool-current_time")).toMatchObject({
        toolCallId: "call_1",
        state: "output-available",
        input: { timeZone: "Europe/Berlin" },
        output: { moment: NOON.toISOString(), timeZone: "Europe/Berlin" },
      });
      expect(parts.at(-1)).toMatchObject({ type: "text", text: "It is one o'clock.", state: "done" });
    });

    test("a tool that fails is told to the model, and the reply goes on", async () => {
      const { chunks, failure } = await drain(askFor({ model, settings, tools, text: "nowhere" }).reply);
      expect(failure).toBeUndefined();
      const parts = (await folded(chunks))?.parts ?? [];
      const call = parts.find((part) => part.type === "tool-current_time") as ToolUIPart;
      expect(call.state).toBe("output-error");
      expect(call.errorText).toContain('"Nowhere" is not an IANA time zone');
      expect(parts.at(-1)).toMatchObject({ type: "text", text: "There is no such place." });
    });

    test("an answer is gone on with after the step that was kept", async () => {
      const messages = [
        message("user", [{ type: "text", text: "what time" }]),
        message("assistant", [
          { type: "step-start" },
          {
            type: "tool-current_time",
            toolCallId: "call_1",
            state: "output-available",
            input: { timeZone: "UTC" },
            output: { moment: NOON.toISOString() },
          },
        ]),
      ];
      const { text, failure } = await drain(askFor({ model, settings, tools, messages }).reply);
      expect(failure).toBeUndefined();
      expect(text).toBe("It is one o'clock.");
    });
  },
);

test("what the provider counted is summed over the steps", async () => {
  const { usage } = await drain(
    askFor({ model: "openai-compatible/llama", settings, tools, text: "what time" }).reply,
  );
  expect(usage?.inputTokens).toBeGreaterThan(0);
  expect(usage?.outputTokens).toBeGreaterThan(0);
  expect(usage?.totalTokens).toBe((usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0));
});
