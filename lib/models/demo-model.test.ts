import { tool } from "ai";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createDemoModel } from "./demo-model.ts";
import { DEMO_APART_MS } from "./demo-script.ts";
import { askFor, drain, folded, message } from "./fake-reply.ts";
import { askForRest } from "./go-on.ts";
import type { Prompt } from "./stream-reply.ts";
import { ownTools } from "./tools/registry.ts";

const NOON = new Date("2026-03-01T12:00:00Z");

/** The demo model on a clock on which waiting takes no time, but every wait is a little too long. */
function ask(text: string, given: Partial<Prompt> & { lateMs?: number } = {}) {
  const { lateMs = 0, ...prompt } = given;
  const clock = { nowMs: 0 };
  const demo = createDemoModel({
    now: () => clock.nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      clock.nowMs += ms + lateMs;
    },
  });
  const models = { languageModel: () => demo };
  const tools = ownTools({ FETCH_HOSTS: [] }, () => NOON);
  return { ...askFor({ model: "demo/demo", models, text, tools, ...prompt }), clock };
}

const prompt = (text: string) => message("user", [{ type: "text", text }]);

describe("count to N", () => {
  test("says the numbers, one chunk each", async () => {
    const { chunks, text, failure } = await drain(ask("count to 5").reply);
    expect(failure).toBeUndefined();
    expect(text).toBe("1 2 3 4 5");
    const deltas = chunks.filter((chunk) => chunk.type === "text-delta");
    expect(deltas.map((chunk) => chunk.delta)).toEqual(["1", " 2", " 3", " 4", " 5"]);
  });

  test("goes on for as long as it is told, at the pace it is told", async () => {
    const { reply, clock } = ask("Count to 500, 20 ms apart");
    expect((await drain(reply)).text.split(" ")).toHaveLength(500);
    expect(clock.nowMs).toBe(10_000);
  });

  test("keeps its own pace when it is told none", async () => {
    const { reply, clock } = ask("count to 10");
    await drain(reply);
    expect(clock.nowMs).toBe(10 * DEMO_APART_MS);
  });

  test("is not slowed by a machine that is always late", async () => {
    const { reply, clock } = ask("count to 500, 20 ms apart", { lateMs: 7 });
    await drain(reply);
    expect(clock.nowMs).toBe(10_007);
  });

  test("goes on in the same text where it was cut off", async () => {
    const part = { type: "text" as const, text: "1 2 3", state: "streaming" as const, chunkId: "begun" };
    const [answer] = [{ ...prompt("count to 5"), role: "assistant" as const, parts: [part] }];
    const messages = [prompt("count to 5"), ...askForRest(answer, part)];
    const { chunks, failure } = await drain(ask("", { messages, goesOn: part }).reply);
    expect(failure).toBeUndefined();
    expect(chunks.filter(({ type }) => /step|text/.test(type))).toEqual([
      { type: "text-delta", id: "begun", delta: " 4" },
      { type: "text-delta", id: "begun", delta: " 5" },
      { type: "text-end", id: "begun" },
      { type: "finish-step" },
    ]);
  });

  test("says what it refuses to do", async () => {
    const { text, failure } = await drain(ask("count to 100001").reply);
    expect(failure).toBeUndefined();
    expect(text).toContain("at most 100,000");
  });
});

test("think N, then … reasons in N words and then does the rest", async () => {
  const { chunks } = await drain(ask("think 3, then think 2, then count to 2").reply);
  const parts = (await folded(chunks))?.parts.filter((part) => "text" in part);
  expect(parts).toMatchObject([
    { type: "reasoning", text: "so the demo" },
    { type: "reasoning", text: "so the" },
    { type: "text", text: "1 2" },
  ]);
});

test("fail after N says N numbers and fails, as a provider would in mid-sentence", async () => {
  const { chunks, text, failure } = await drain(ask("fail after 3").reply);
  expect(text).toBe("1 2 3");
  expect(chunks.at(-1)?.type).toBe("text-delta");
  expect(failure).toMatchObject({
    name: "ModelFailure",
    code: "model-failed",
    detail: "The demo model failed after 3, as the prompt told it to.",
  });
});

test("fail after 0 fails before the first word, and is not tried again", async () => {
  const { reply, waits } = ask("fail after 0");
  expect((await drain(reply)).failure).toMatchObject({ code: "model-failed" });
  expect(waits).toEqual([]);
});

test("stall after N says N numbers and nothing more until it is cancelled, however long that is", async () => {
  const stop = new AbortController();
  const { reply } = ask("stall after 2", { signal: stop.signal, silenceMs: 10 });
  let text = "";
  const reading = (async () => {
    for await (const chunk of reply.chunks) {
      if (chunk.type !== "text-delta") continue;
      text += chunk.delta;
      if (text === "1 2") setTimeout(() => stop.abort(new Error("cancelled")), 40);
    }
  })();
  await expect(reading).rejects.toThrow("cancelled");
  expect(text).toBe("1 2");
});

describe("what time is it", () => {
  test("calls the tool and says what it heard", async () => {
    const { chunks, text } = await drain(ask("What time is it?").reply);
    expect(text).toBe("It is Sunday, 1 March 2026 at 12:00:00 UTC.");
    const parts = (await folded(chunks))?.parts ?? [];
    expect(parts.map((part) => part.type)).toEqual(["step-start", "tool-current_time", "step-start", "text"]);
    expect(parts[1]).toMatchObject({ state: "output-available", output: { timeZone: "UTC" } });
  });

  test("asks for another place, after some thought", async () => {
    const { text } = await drain(ask("think 2, then what time is it in Asia/Tokyo").reply);
    expect(text).toContain("at 21:00:00");
  });

  test("says so when the tool fails, and when there is none", async () => {
    expect((await drain(ask("what time is it in No/Where").reply)).text).toContain("not an IANA time zone");
    expect((await drain(ask("what time is it", { tools: {} }).reply)).text).toContain("no clock");
  });
});

test("anything else is answered openly, with a list, a table, code and how to set a key", async () => {
  const { text, usage, failure } = await drain(ask("Who are you?").reply);
  expect(failure).toBeUndefined();
  expect(text).toContain("demo model");
  expect(text).toContain("ANTHROPIC_API_KEY");
  expect(text).toMatch(/^- /m);
  expect(text).toMatch(/^\| --- \|/m);
  expect(text).toMatch(/^```sh$/m);
  expect(usage).toMatchObject({ inputTokens: 3, outputTokens: expect.any(Number) });
});

test("it answers in one piece too, without waiting", async () => {
  const prompt = [
    { role: "user" as const, content: [{ type: "text" as const, text: "think 1, then count to 3" }] },
  ];
  const { content, finishReason } = await createDemoModel().doGenerate({ prompt });
  expect(content).toEqual([
    { type: "reasoning", text: "so" },
    { type: "text", text: "1 2 3" },
  ]);
  expect(finishReason.unified).toBe("stop");
});

test("on a real clock it ends at once when it is stopped in the middle of a wait", async () => {
  const stop = new AbortController();
  const { reply } = askFor({ model: "demo/demo", text: "count to 9, 50000 ms apart", signal: stop.signal });
  setTimeout(() => stop.abort(new Error("cancelled")), 20);
  expect((await drain(reply)).failure).toMatchObject({ message: "cancelled" });
});

describe("other prompts that call a tool", () => {
  const say = async (text: string, given: Partial<Prompt> = {}) => (await drain(ask(text, given).reply)).text;

  test("calculate", async () => {
    expect(await say("calculate 2 + 3 * 4")).toBe("2 + 3 * 4 = 14");
    expect(await say("think 2, then calculate ones(2)")).toBe(
      "`calculate` said: Error: There is no function ones here.",
    );
  });

  test("make it dark or light", async () => {
    const { chunks } = await drain(ask("Make it dark, please").reply);
    expect((await folded(chunks))?.parts).toContainEqual(
      expect.objectContaining({
        type: "tool-set_theme",
        state: "output-available",
        input: { theme: "dark" },
      }),
    );
  });

  test("read, where pages may be read", async () => {
    const page = { url: "https://example.org/", title: "A page", markdown: "one two three" };
    const reader = tool({ inputSchema: z.object({ url: z.string() }), execute: async () => page });
    const tools = { read_web_page: { ...reader, sideEffects: false } };
    expect(await say("read https://example.org/", { tools })).toBe("I read **A page**, 3 words.");
    expect(await say("read https://example.org/", { tools: {} })).toContain(
      "was not given the tool `read_web_page`",
    );
  });

  test("call, any tool that is there", async () => {
    expect(await say('call current_time {"timeZone": "UTC"}')).toContain("12:00:00 UTC");
    expect(await say('call fill_composer {\n  "text": "Dear all"\n}')).toBe(
      "`fill_composer` said: Told to the page.",
    );
    expect(await say("call current_time {nonsense}")).toBe("This is no JSON: {nonsense}");
    expect(await say("call of_nobody")).toContain("It has `current_time`, `calculate`");
  });
});
