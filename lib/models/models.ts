import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Settings } from "#lib/env";
import { Failure } from "#lib/errors";
import type { Input, Model } from "#lib/protocol/api";
import type { AskDeps } from "./asked-models.ts";
import { factsOf, neededBy, parseModelId } from "./provider-facts.ts";
import { configuredProviders, type Fetch, type Provider } from "./providers.ts";

/** The models that can be asked. Ids are `provider/model`. */
export type Models = {
  /** Those offered to choose from; at most one is the default. */
  list(): Promise<Model[]>;
  /** Who answers when nobody was chosen. Throws `unknown-model` when there is nobody. */
  defaultId(): Promise<string>;
  /** Whether it may be asked. More than are listed: any model of a configured provider. */
  has(id: string): Promise<boolean>;
  /** What can be attached to a prompt for it. */
  inputsOf(id: string): Input[];
  /** With a `fetch` for what it asks over HTTP, if not the usual one. Throws `unknown-model`. */
  languageModel(id: string, fetch?: Fetch): LanguageModelV4;
};

const HOW_TO_GET_ONE =
  "Set OPENAI_API_KEY, ANTHROPIC_API_KEY, GOOGLE_GENERATIVE_AI_API_KEY or OPENAI_COMPATIBLE_BASE_URL and restart.";

/** Throws, as settings do, when `DEFAULT_MODEL` or `TITLE_MODEL` is not a model that could be asked. */
export function createModels(settings: Settings, given: Partial<AskDeps> = {}): Models {
  const deps: AskDeps = { fetch, now: Date.now, warn: () => undefined, ...given };
  const providers = configuredProviders(settings, deps);
  const { DEFAULT_MODEL, TITLE_MODEL } = settings;
  for (const [name, id] of Object.entries({ DEFAULT_MODEL, TITLE_MODEL })) {
    if (id === undefined || (name === "TITLE_MODEL" && id === "off") || find(providers, id)) continue;
    throw new Error(`Wrong setting: ${name} is of no use: ${whyNot(id, providers)}`);
  }

  async function offered(): Promise<Omit<Model, "default">[]> {
    const models = await Promise.all(providers.map(offeredBy));
    const all = models.flat();
    if (DEFAULT_MODEL === undefined || all.some((model) => model.id === DEFAULT_MODEL)) return all;
    const { provider, name } = parseModelId(DEFAULT_MODEL);
    const facts = factsOf(provider);
    return [{ id: DEFAULT_MODEL, name, provider: facts.name, inputs: [...facts.inputs] }, ...all];
  }

  function defaultAmong(models: Omit<Model, "default">[]): string | undefined {
    if (DEFAULT_MODEL !== undefined) return DEFAULT_MODEL;
    // The demo model stands in when nothing is configured, but never for a server that is down.
    const isOnlyDemo = providers.every((provider) => provider.id === "demo");
    return models.find(({ id }) => isOnlyDemo || parseModelId(id).provider !== "demo")?.id;
  }

  return {
    async list() {
      const models = await offered();
      const id = defaultAmong(models);
      return models.map((model) => ({ ...model, default: model.id === id }));
    },
    async defaultId() {
      const id = defaultAmong(await offered());
      if (id !== undefined) return id;
      throw new Failure(
        "unknown-model",
        providers.some((provider) => provider.id === "openai-compatible")
          ? "The model server did not say which models it has. Start it, or name them in OPENAI_COMPATIBLE_MODELS."
          : `No model is configured. ${HOW_TO_GET_ONE}`,
      );
    },
    async has(id) {
      return find(providers, id) !== undefined;
    },
    inputsOf: (id) => [...factsOf(parseModelId(id).provider).inputs],
    languageModel(id, fetch) {
      const provider = find(providers, id);
      if (provider) return provider.languageModel(parseModelId(id).name, fetch);
      throw new Failure("unknown-model", `${whyNot(id, providers)} Choose another model.`);
    },
  };
}

function find(providers: Provider[], id: string): Provider | undefined {
  const { provider: providerId, name } = parseModelId(id);
  const provider = providers.find((one) => one.id === providerId);
  return name !== "" && provider?.accepts(name) ? provider : undefined;
}

/** A sentence about an id that was not found. */
function whyNot(id: string, providers: Provider[]): string {
  const { provider, name } = parseModelId(id);
  const needs = neededBy(provider);
  if (needs === undefined || name === "")
    return `${id} is not of the form provider/model with a provider known here.`;
  if (!providers.some((one) => one.id === provider)) return `${id} needs the setting ${needs}.`;
  return `${id} is not among the models that the settings name.`;
}

async function offeredBy(provider: Provider): Promise<Omit<Model, "default">[]> {
  const models = await provider.offered();
  const facts = factsOf(provider.id);
  return models.map(({ name, label }) => ({
    id: `${provider.id}/${name}`,
    name: label,
    provider: facts.name,
    inputs: [...facts.inputs],
  }));
}
