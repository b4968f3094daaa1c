import "./unset-empty.ts";

import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogle } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModelV4, SharedV4ProviderOptions } from "@ai-sdk/provider";
import { defaultSettingsMiddleware, wrapLanguageModel } from "ai";
import type { Settings } from "#lib/env";
import { type AskDeps, createAskedModels } from "./asked-models.ts";
import { createDemoModel } from "./demo-model.ts";
import { anthropicModels, googleModels, type OfferedModel, openaiModels } from "./offered-models.ts";
import type { ProviderId } from "./provider-facts.ts";

export type Fetch = typeof fetch;

/** Somebody who has models; their names are without the provider's. */
export type Provider = {
  id: ProviderId;
  /** What is shown to choose from. */
  offered(): Promise<OfferedModel[]>;
  /** Whether a model of this name may be asked. That it exists is for the provider to say. */
  accepts(name: string): boolean;
  languageModel(name: string, fetch?: Fetch): LanguageModelV4;
};

/** The providers that the settings name, in the order in which people see them. */
export function configuredProviders(settings: Settings, deps: AskDeps): Provider[] {
  return [
    openai(settings),
    anthropic(settings),
    google(settings),
    compatible(settings, deps),
    demo(settings),
  ].filter((provider) => provider !== undefined);
}

function openai(settings: Settings): Provider | undefined {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = settings;
  if (apiKey === undefined) return undefined;
  // Conversations are kept here and nowhere else. It also makes each request whole: nothing in it refers
  // to an earlier answer that OpenAI may not have, because it was cut short.
  const options = { openai: { store: false } };
  return known("openai", openaiModels, (name, fetch) =>
    withOptions(createOpenAI({ apiKey, baseURL, fetch }).responses(name), options),
  );
}

function anthropic(settings: Settings): Provider | undefined {
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseURL } = settings;
  if (apiKey === undefined) return undefined;
  return known("anthropic", anthropicModels, (name, fetch) =>
    createAnthropic({ apiKey, baseURL, fetch }).messages(name),
  );
}

function google(settings: Settings): Provider | undefined {
  const { GOOGLE_GENERATIVE_AI_API_KEY: apiKey, GOOGLE_GENERATIVE_AI_BASE_URL: baseURL } = settings;
  if (apiKey === undefined) return undefined;
  return known("google", googleModels, (name, fetch) =>
    createGoogle({ apiKey, baseURL, fetch }).languageModel(name),
  );
}

function compatible(settings: Settings, deps: AskDeps): Provider | undefined {
  const { OPENAI_COMPATIBLE_BASE_URL: baseURL, OPENAI_COMPATIBLE_API_KEY: apiKey } = settings;
  const named = settings.OPENAI_COMPATIBLE_MODELS;
  if (baseURL === undefined) return undefined;
  const facts = { name: "openai-compatible", baseURL, apiKey, includeUsage: true };
  const ask = createAskedModels({ baseUrl: baseURL, apiKey }, deps);
  return {
    id: "openai-compatible",
    offered: async () => (named ?? (await ask())).map((name) => ({ name, label: name })),
    // Models that are named are the only ones: that is how a choice among hundreds is limited.
    accepts: (name) => named === undefined || named.includes(name),
    languageModel: (name, fetch) => createOpenAICompatible({ ...facts, fetch }).chatModel(name),
  };
}

function demo(settings: Settings): Provider | undefined {
  if (settings.DEMO_MODEL === "off") return undefined;
  const model = createDemoModel();
  return {
    id: "demo",
    offered: async () => [{ name: "demo", label: "Demo" }],
    accepts: (name) => name === "demo",
    languageModel: () => model,
  };
}

function known(id: ProviderId, models: OfferedModel[], languageModel: Provider["languageModel"]): Provider {
  return {
    id,
    offered: async () => models,
    accepts: () => true,
    languageModel(name, fetch) {
      const options = models.find((one) => one.name === name)?.options;
      const model = languageModel(name, fetch);
      return options ? withOptions(model, options) : model;
    },
  };
}

function withOptions(model: LanguageModelV4, providerOptions: SharedV4ProviderOptions): LanguageModelV4 {
  return wrapLanguageModel({
    model,
    middleware: defaultSettingsMiddleware({ settings: { providerOptions } }),
  });
}
