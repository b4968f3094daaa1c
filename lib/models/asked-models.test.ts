import { afterEach, beforeEach, expect, test } from "vitest";
import { parseSettings } from "#lib/env";
import { ASKED_MODELS_AGAIN_MS, ASKED_MODELS_KEPT_MS } from "./asked-models.ts";
import { type FakeProvider, refuse, startFakeProvider } from "./fake-provider.ts";
import { createModels } from "./models.ts";

let server: FakeProvider;

beforeEach(async () => {
  server = await startFakeProvider();
});

afterEach(() => server.stop());

function start() {
  const clock = { nowMs: 0 };
  const warnings: string[] = [];
  const settings = parseSettings({ OPENAI_COMPATIBLE_BASE_URL: `${server.url}/v1/` });
  const models = createModels(settings, {
    now: () => clock.nowMs,
    warn: (sentence) => void warnings.push(sentence),
  });
  const listed = async () => (await models.list()).map((model) => model.id);
  return { models, listed, clock, warnings };
}

const has = (...ids: string[]) => refuse(200, { data: ids.map((id) => ({ id })) });
const down = refuse(503, {});

test("a server is asked for its models, once for some minutes", async () => {
  server.answer(has("llama", "qwen"), has("llama"));
  const { models, listed, clock } = start();
  const both = ["openai-compatible/llama", "openai-compatible/qwen", "demo/demo"];
  expect(await Promise.all([listed(), listed()])).toEqual([both, both]);
  expect(await models.defaultId()).toBe("openai-compatible/llama");
  clock.nowMs += ASKED_MODELS_KEPT_MS - 1;
  expect(await listed()).toEqual(both);
  expect(server.requests).toHaveLength(1);
  clock.nowMs += 1;
  expect(await listed()).toEqual(["openai-compatible/llama", "demo/demo"]);
});

test("a server that does not answer makes the list short and warns once", async () => {
  server.answer(down, down, has("llama"));
  const { models, listed, clock, warnings } = start();
  expect(await listed()).toEqual(["demo/demo"]);
  clock.nowMs += ASKED_MODELS_AGAIN_MS;
  expect(await listed()).toEqual(["demo/demo"]);
  expect(warnings).toEqual([`${server.url}/v1/`]);
  expect(await models.has("openai-compatible/llama")).toBe(true);
  clock.nowMs += ASKED_MODELS_AGAIN_MS;
  expect(await listed()).toEqual(["openai-compatible/llama", "demo/demo"]);
});

test("the demo model does not take the place of a server that is down", async () => {
  server.answer(down);
  const { models } = start();
  await expect(models.defaultId()).rejects.toMatchObject({ code: "unknown-model" });
  expect((await models.list()).some((model) => model.default)).toBe(false);
});

test("what a server once said stands when it falls silent", async () => {
  server.answer(has("llama"), refuse(200, { nothing: "of use" }));
  const { listed, clock, warnings } = start();
  await listed();
  clock.nowMs += ASKED_MODELS_KEPT_MS;
  expect(await listed()).toEqual(["openai-compatible/llama", "demo/demo"]);
  expect(warnings).toHaveLength(1);
});
