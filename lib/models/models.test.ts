import { expect, test } from "vitest";
import { parseSettings } from "#lib/env";
import { createModels } from "./models.ts";

const models = (settings: Record<string, string>) => createModels(parseSettings(settings));

test("with nothing configured there is the demo model, and it is the default", async () => {
  expect(await models({}).list()).toEqual([
    { id: "demo/demo", name: "Demo", provider: "Demo", inputs: ["text"], default: true },
  ]);
  expect(await models({}).defaultId()).toBe("demo/demo");
});

test("without the demo model either, whoever asks is told what to set", async () => {
  const none = models({ DEMO_MODEL: "off" });
  expect(await none.list()).toEqual([]);
  expect(await none.has("demo/demo")).toBe(false);
  await expect(none.defaultId()).rejects.toMatchObject({ code: "unknown-model" });
  await expect(none.defaultId()).rejects.toThrow("Set OPENAI_API_KEY");
});

test.each([
  ["openai", { OPENAI_API_KEY: "key" }],
  ["anthropic", { ANTHROPIC_API_KEY: "key" }],
  ["google", { GOOGLE_GENERATIVE_AI_API_KEY: "key" }],
] as [string, Record<string, string>][])(
  "a key for %s brings its models, before the demo model",
  async (id, settings) => {
    const configured = models(settings);
    const list = await configured.list();
    expect(list.length).toBeGreaterThan(2);
    expect(list.slice(0, -1).every((model) => model.id.startsWith(`${id}/`))).toBe(true);
    expect(list.at(-1)?.id).toBe("demo/demo");
    expect(list.filter((model) => model.default)).toEqual([list[0]]);
    expect(await configured.defaultId()).toBe(list[0]?.id);
  },
);

test("any model of a configured provider may be asked, listed or not", async () => {
  const configured = models({ OPENAI_API_KEY: "key" });
  expect(await configured.has("openai/something-new")).toBe(true);
  expect(configured.languageModel("openai/something-new").modelId).toBe("something-new");
});

test.each([
  ["anthropic/claude-sonnet-5-5", "ANTHROPIC_API_KEY"],
  ["openai-compatible/llama", "OPENAI_COMPATIBLE_BASE_URL"],
  ["openai/", "provider/model"],
  ["gpt-6-astra", "provider/model"],
  ["nobody/nothing", "provider/model"],
  ["", "provider/model"],
  ["constructor/x", "provider/model"],
])("%s is unknown here, and the sentence says why", async (id, why) => {
  const configured = models({ OPENAI_API_KEY: "key" });
  expect(await configured.has(id)).toBe(false);
  expect(() => configured.languageModel(id)).toThrow(why);
  try {
    configured.languageModel(id);
  } catch (error) {
    expect(error).toMatchObject({ code: "unknown-model" });
  }
});

test("DEFAULT_MODEL wins, and is listed though it is not among the usual ones", async () => {
  const configured = models({ OPENAI_API_KEY: "key", DEFAULT_MODEL: "openai/my-tuned" });
  expect(await configured.defaultId()).toBe("openai/my-tuned");
  const list = await configured.list();
  expect(list.filter((model) => model.default)).toEqual([
    {
      id: "openai/my-tuned",
      name: "my-tuned",
      provider: "OpenAI",
      inputs: ["text", "image", "pdf"],
      default: true,
    },
  ]);
});

test.each([
  [{ DEFAULT_MODEL: "anthropic/claude-sonnet-5-5" }, "needs the setting ANTHROPIC_API_KEY"],
  [{ DEFAULT_MODEL: "gpt-6-astra" }, "not of the form provider/model"],
  [
    {
      DEFAULT_MODEL: "openai-compatible/b",
      OPENAI_COMPATIBLE_BASE_URL: "http://localhost:1",
      OPENAI_COMPATIBLE_MODELS: "a",
    },
    "not among the models that the settings name",
  ],
] as [Record<string, string>, string][])(
  "a DEFAULT_MODEL that could never answer stops the start",
  (settings, why) => {
    expect(() => models(settings)).toThrow(why);
  },
);

test("models that are named for a server are the only ones, and it is not asked", async () => {
  const configured = models({
    OPENAI_COMPATIBLE_BASE_URL: "http://localhost:1",
    OPENAI_COMPATIBLE_MODELS: "llama, qwen/qwen3",
  });
  expect((await configured.list()).map((model) => model.id)).toEqual([
    "openai-compatible/llama",
    "openai-compatible/qwen/qwen3",
    "demo/demo",
  ]);
  expect(await configured.has("openai-compatible/qwen/qwen3")).toBe(true);
  expect(await configured.has("openai-compatible/other")).toBe(false);
  expect(configured.languageModel("openai-compatible/qwen/qwen3").modelId).toBe("qwen/qwen3");
});
