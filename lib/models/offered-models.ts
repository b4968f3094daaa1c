import type { AnthropicProvider } from "@ai-sdk/anthropic";
import type { GoogleProvider } from "@ai-sdk/google";
import type { OpenAIProvider } from "@ai-sdk/openai";
import type { SharedV4ProviderOptions } from "@ai-sdk/provider";

/** A model as it is offered to people: `name` is the provider's name for it, `label` is for the eye. */
export type OfferedModel<Name extends string = string> = {
  name: Name;
  label: string;
  /** Given with each call to it. */
  options?: SharedV4ProviderOptions;
};

/** The names that a provider's package knows, without the `string` that it accepts beside them. */
type Known<Name> = Name extends string ? (string extends Name ? never : Name) : never;
type OpenAIName = Known<Parameters<OpenAIProvider["responses"]>[0]>;
type AnthropicName = Known<Parameters<AnthropicProvider["messages"]>[0]>;
type GoogleName = Known<Parameters<GoogleProvider["languageModel"]>[0]>;

// A few current ones of each, the best all-round first: it is the default. Any other is accepted by its name.

export const openaiModels: OfferedModel<OpenAIName>[] = [
  { name: "gpt-6-astra", label: "GPT-6 Astra" },
  { name: "gpt-6.1-sol", label: "GPT-6.1 Sol" },
  { name: "gpt-6.1-terra", label: "GPT-6.1 Terra" },
  { name: "gpt-6-luna", label: "GPT-6 Luna" },
];

// These always think, and by default without a word, which looks like a model that hangs.
const visibleThinking = { anthropic: { thinking: { type: "adaptive", display: "summarized" } } };

export const anthropicModels: OfferedModel<AnthropicName>[] = [
  { name: "claude-sonnet-5-5", label: "Claude Sonnet 5.5", options: visibleThinking },
  { name: "claude-opus-5-5", label: "Claude Opus 5.5", options: visibleThinking },
  { name: "claude-fable-5-2", label: "Claude Fable 5.2", options: visibleThinking },
  { name: "claude-haiku-5-5", label: "Claude Haiku 5.5" },
];

const visibleThoughts = { google: { thinkingConfig: { includeThoughts: true } } };

export const googleModels: OfferedModel<GoogleName>[] = [
  { name: "gemini-4-argon", label: "Gemini 4 Argon", options: visibleThoughts },
  { name: "gemini-4-carbon", label: "Gemini 4 Carbon", options: visibleThoughts },
  { name: "gemini-4-hydrogen", label: "Gemini 4 Hydrogen", options: visibleThoughts },
  { name: "gemini-3.8-flash", label: "Gemini 3.8 Flash", options: visibleThoughts },
];
