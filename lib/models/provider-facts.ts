import type { Input } from "#lib/protocol/api";

type ProviderFacts = {
  /** Its name in the list of models. */
  name: string;
  /** Its name at the beginning of a sentence. */
  subject: string;
  /** Without this setting it is not there. */
  neededSetting: string;
  /** The setting that holds its key. */
  keySetting?: string;
  /** The setting that holds its address. */
  addressSetting?: string;
  /** What its models take beside words. Of one that speaks for many it is not known, so it is tried. */
  inputs: readonly Input[];
};

/** What people are told about each provider; the keys are the first half of a model's id. */
const providerFacts = {
  openai: {
    name: "OpenAI",
    subject: "OpenAI",
    neededSetting: "OPENAI_API_KEY",
    keySetting: "OPENAI_API_KEY",
    addressSetting: "OPENAI_BASE_URL",
    inputs: ["text", "image", "pdf"],
  },
  anthropic: {
    name: "Anthropic",
    subject: "Anthropic",
    neededSetting: "ANTHROPIC_API_KEY",
    keySetting: "ANTHROPIC_API_KEY",
    addressSetting: "ANTHROPIC_BASE_URL",
    inputs: ["text", "image", "pdf"],
  },
  google: {
    name: "Google",
    subject: "Google",
    neededSetting: "GOOGLE_GENERATIVE_AI_API_KEY",
    keySetting: "GOOGLE_GENERATIVE_AI_API_KEY",
    addressSetting: "GOOGLE_GENERATIVE_AI_BASE_URL",
    inputs: ["text", "image", "pdf"],
  },
  "openai-compatible": {
    name: "Model server",
    subject: "The model server",
    neededSetting: "OPENAI_COMPATIBLE_BASE_URL",
    keySetting: "OPENAI_COMPATIBLE_API_KEY",
    addressSetting: "OPENAI_COMPATIBLE_BASE_URL",
    inputs: ["text", "image"],
  },
  demo: { name: "Demo", subject: "The demo model", neededSetting: "DEMO_MODEL=on", inputs: ["text"] },
} satisfies Record<string, ProviderFacts>;

export type ProviderId = keyof typeof providerFacts;

export const DEMO_MODEL_ID = "demo/demo";

export const isDemoModel = (id: string): boolean => id === DEMO_MODEL_ID;

/** Takes `provider/model` apart. A model's own name may hold slashes: `openai-compatible/qwen/qwen3`. */
export function parseModelId(id: string): { provider: string; name: string } {
  const slash = id.indexOf("/");
  return { provider: id.slice(0, Math.max(slash, 0)), name: id.slice(slash + 1) };
}

/** A conversation may name a provider that is no longer here, so any name gets an answer. */
export function factsOf(provider: string): Omit<ProviderFacts, "neededSetting"> {
  return isProviderId(provider)
    ? providerFacts[provider]
    : { name: provider, subject: "The provider", inputs: ["text"] };
}

export function neededBy(provider: string): string | undefined {
  return isProviderId(provider) ? providerFacts[provider].neededSetting : undefined;
}

function isProviderId(provider: string): provider is ProviderId {
  return Object.hasOwn(providerFacts, provider);
}
