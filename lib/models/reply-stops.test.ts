import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Settings } from "#lib/env";
import {
  anthropicEvents,
  type FakeProvider,
  openaiEvents,
  refuse,
  silence,
  startFakeProvider,
  stream,
} from "./fake-provider.ts";
import { askFor, drain } from "./fake-reply.ts";

const OPENAI = "openai/gpt-6-astra";
const ANTHROPIC = "anthropic/claude-sonnet-5-5";

let provider: FakeProvider;
let settings: Partial<Settings>;

beforeEach(async () => {
  provider = await startFakeProvider();
  settings = {
    OPENAI_API_KEY: "key",
    OPENAI_BASE_URL: provider.url,
    ANTHROPIC_API_KEY: "key",
    ANTHROPIC_BASE_URL: provider.url,
  };
});

afterEach(() => provider.stop());

describe("silence", () => {
  test.each([
    ["from the start", silence],
    ["after the headers", stream([], "silence")],
    ["in mid-answer", stream([...openaiEvents.start, ...openaiEvents.text("One ")], "silence")],
  ])("a model that falls silent %s is hung up on", async (_, answer) => {
    provider.answer(answer);
    const { failure } = await drain(askFor({ model: OPENAI, settings, silenceMs: 500 }).reply);
    expect(failure).toMatchObject({ code: "model-silent" });
    expect((failure as Error).message).toContain("The model sent nothing for 0.5 seconds.");
    await provider.hungUp;
    expect(provider.requests).toHaveLength(1);
  });

  test("a ping is a sign of life", async () => {
    provider.answer((response) => {
      stream([...anthropicEvents.start, ...anthropicEvents.text("One ")], "silence")(response);
      let pings = 0;
      const timer = setInterval(() => {
        response.write('event: ping\ndata: {"type":"ping"}\n\n');
        pings += 1;
        if (pings < 45) return;
        clearInterval(timer);
        response.end(anthropicEvents.end.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""));
      }, 50);
    });
    const { text, failure } = await drain(askFor({ model: ANTHROPIC, settings, silenceMs: 2_000 }).reply);
    expect(failure).toBeUndefined();
    expect(text).toBe("One ");
  });
});

describe("stopping", () => {
  test("the provider's request ends at once, and the chunks throw the reason", async () => {
    provider.answer(stream([...openaiEvents.start, ...openaiEvents.text("One ")], "silence"));
    const stop = new AbortController();
    const { reply } = askFor({ model: OPENAI, settings, signal: stop.signal });
    const reading = (async () => {
      for await (const chunk of reply.chunks) {
        if (chunk.type === "text-delta") stop.abort(new Error("lost the pen"));
      }
    })();
    await expect(reading).rejects.toThrow("lost the pen");
    await provider.hungUp;
    expect(await reply.usage).toBeUndefined();
  });

  test("so it does while the model has not said a word", async () => {
    provider.answer(silence);
    const stop = new AbortController();
    const { reply } = askFor({ model: OPENAI, settings, signal: stop.signal });
    const reading = drain(reply);
    while (provider.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error("lost the pen"));
    expect((await reading).failure).toMatchObject({ message: "lost the pen" });
    await provider.hungUp;
  });

  test("so it does while waiting to try again", async () => {
    provider.answer(refuse(500, { error: { message: "Oops" } }));
    const stop = new AbortController();
    const { reply } = askFor({
      model: OPENAI,
      settings,
      signal: stop.signal,
      sleep: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
          stop.abort(new Error("lost the pen"));
        }),
    });
    expect((await drain(reply)).failure).toMatchObject({ message: "lost the pen" });
    expect(provider.requests).toHaveLength(1);
  });

  test("a signal that has fired already asks nobody", async () => {
    const { reply } = askFor({ model: OPENAI, settings, signal: AbortSignal.abort(new Error("too late")) });
    expect((await drain(reply)).failure).toMatchObject({ message: "too late" });
    expect(provider.requests).toHaveLength(0);
  });

  test("a reader that leaves ends the provider's request too", async () => {
    provider.answer(stream([...openaiEvents.start, ...openaiEvents.text("One ")], "silence"));
    const { reply } = askFor({ model: OPENAI, settings });
    for await (const chunk of reply.chunks) if (chunk.type === "text-delta") break;
    await provider.hungUp;
    await reply.usage;
  });
});
