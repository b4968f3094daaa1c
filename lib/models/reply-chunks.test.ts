import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { tool } from "ai";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import type { Chunk } from "#lib/protocol/event";
import { applyChunks } from "#lib/protocol/parts";
import { called, fakeModel, spoken } from "./fake-model.ts";
import { anthropicEvents, type FakeProvider, startFakeProvider, stream } from "./fake-provider.ts";
import { askFor, drain, message } from "./fake-reply.ts";

let provider: FakeProvider | undefined;
afterEach(() => provider?.stop());

const reasoningEnds = (chunks: Chunk[]) => chunks.filter((chunk) => chunk.type === "reasoning-end");

type Metadata = Record<string, { id: number }>;
type Said = { start?: Metadata; delta?: Metadata; end?: Metadata };

/** What a model thinks, on a clock that each look at it moves on by so much. */
async function think(parts: LanguageModelV4StreamPart[], tickMs = 1_500) {
  let nowMs = 0;
  const now = () => {
    nowMs += tickMs;
    return nowMs;
  };
  const models = { languageModel: () => fakeModel(() => [...parts, ...spoken("So.")]) };
  const { chunks, failure } = await drain(askFor({ model: "openai/any", models, now }).reply);
  expect(failure).toBeUndefined();
  return reasoningEnds(chunks);
}

test("the end of a reasoning says how long it took", async () => {
  expect(
    await think([
      { type: "reasoning-start", id: "r" },
      { type: "reasoning-delta", id: "r", delta: "Hm." },
      { type: "reasoning-end", id: "r" },
      { type: "reasoning-start", id: "r" },
      { type: "reasoning-end", id: "r" },
    ]),
  ).toMatchObject([
    { providerMetadata: { rejoin: { durationMs: 1_500 } } },
    { providerMetadata: { rejoin: { durationMs: 1_500 } } },
  ]);
});

test.each<[string, Said]>([
  ["at its start", { start: { any: { id: 1 } } }],
  ["in the middle", { start: { any: { id: 0 } }, delta: { any: { id: 1 } } }],
  ["at its end", { delta: { any: { id: 0 } }, end: { any: { id: 1 } } }],
])("what the provider said of it last stays: %s", async (_, { start, delta, end }: Said) => {
  const [told] = await think([
    { type: "reasoning-start", id: "r", ...(start && { providerMetadata: start }) },
    { type: "reasoning-delta", id: "r", delta: "", ...(delta && { providerMetadata: delta }) },
    { type: "reasoning-end", id: "r", ...(end && { providerMetadata: end }) },
  ]);
  expect(told?.providerMetadata).toEqual({ any: { id: 1 }, rejoin: { durationMs: 1_500 } });
});

test("Anthropic's signature comes through, and goes back with the reasoning that it signs", async () => {
  provider = await startFakeProvider();
  const [start, , ...end] = [...anthropicEvents.start, ...anthropicEvents.end];
  const block = {
    type: "content_block_start",
    index: 0,
    content_block: { type: "thinking", thinking: "", signature: "" },
  };
  const delta = (delta: object) => ({ type: "content_block_delta", index: 0, delta });
  provider.answer(
    stream([
      start ?? {},
      block,
      delta({ type: "thinking_delta", thinking: "On the one hand." }),
      delta({ type: "signature_delta", signature: "signed-by-anthropic" }),
      ...end,
    ]),
    stream([...anthropicEvents.start, ...anthropicEvents.text("Well."), ...anthropicEvents.end]),
  );
  const settings = { ANTHROPIC_API_KEY: "key", ANTHROPIC_BASE_URL: provider.url };
  const model = "anthropic/claude-sonnet-5-5";
  const { chunks } = await drain(askFor({ model, settings, now: () => 0 }).reply);
  expect(reasoningEnds(chunks)).toMatchObject([
    { providerMetadata: { anthropic: { signature: "signed-by-anthropic" }, rejoin: { durationMs: 0 } } },
  ]);

  const answer = applyChunks(message("assistant", []), chunks);
  const call = {
    type: "tool-any",
    toolCallId: "1",
    state: "output-available",
    input: {},
    output: "",
  } as const;
  const messages = [
    message("user", [{ type: "text", text: "hello" }]),
    { ...answer, parts: [...answer.parts, call] },
  ];
  await drain(askFor({ model, settings, messages }).reply);
  expect(JSON.stringify(provider.requests[1])).toContain('"signature":"signed-by-anthropic"');
  expect(JSON.stringify(provider.requests[1])).not.toContain("durationMs");
});

test("of what a tool says on its way only progress is told, and its last word once", async () => {
  const reader = tool({
    inputSchema: z.object({}),
    async *execute() {
      yield { progress: "Reading…" };
      yield { text: "a long page" };
    },
  });
  const models = {
    languageModel: () => fakeModel((call) => (call === 1 ? called("read") : spoken("Done."))),
  };
  const tools = { read: { ...reader, sideEffects: false } };
  const { chunks } = await drain(askFor({ model: "openai/any", models, tools }).reply);
  expect(chunks.filter((chunk) => chunk.type === "tool-output-available")).toEqual([
    {
      type: "tool-output-available",
      toolCallId: "call_1",
      output: { progress: "Reading…" },
      preliminary: true,
    },
    { type: "tool-output-available", toolCallId: "call_1", output: { text: "a long page" } },
  ]);
});

test("a tool that asks is not run, and the reply ends with the question", async () => {
  const run = tool({ inputSchema: z.object({}), execute: async () => "done" });
  let calls = 0;
  const models = {
    languageModel: () =>
      fakeModel(() => {
        calls += 1;
        return called("change");
      }),
  };
  const tools = { change: { ...run, sideEffects: true, asks: true } };
  const { chunks, failure } = await drain(askFor({ model: "openai/any", models, tools }).reply);
  expect(failure).toBeUndefined();
  expect(calls).toBe(1);
  const types = chunks.map(({ type }) => type);
  expect(types.slice(-3)).toEqual(["tool-approval-request", "finish-step", "finish"]);
  expect(types).not.toContain("tool-output-available");
});
