import type { ModelFailureCode } from "./model-failure.ts";
import { factsOf, parseModelId } from "./provider-facts.ts";

/** The call that a failure is about. */
export type About = { model: string; silenceMs: number };

/** Says to a person what went wrong with this model, and what to do. Holds no key and nothing a provider said. */
export function sentenceFor(code: ModelFailureCode, { model, silenceMs }: About): string {
  const { provider, name } = parseModelId(model);
  const { subject, keySetting = "its key", addressSetting = "its address" } = factsOf(provider);
  switch (code) {
    case "model-key-refused":
      return `${subject} did not accept the API key. Set ${keySetting} to a valid key that may use this model and restart.`;
    case "model-quota-exceeded":
      return `The credit of the API key in ${keySetting} is used up. Add credit, or set another key and restart.`;
    case "model-not-found":
      return `${subject} does not know the model ${name}. Choose another model, or check ${addressSetting}.`;
    case "model-rate-limited":
      return `${subject} takes no more requests for now. Try again in a while.`;
    case "model-overloaded":
      return `${subject} is overloaded or out of order. Try again in a moment.`;
    case "model-unreachable":
      return `${subject} could not be reached. Check the network of this server and ${addressSetting}, then try again.`;
    case "model-cut-off":
      return `The connection to the model ended before its answer did. Try again.`;
    case "model-silent":
      return `The model sent nothing for ${silenceMs / 1_000} seconds. Try again.`;
    case "model-context-exceeded":
      return `The conversation is too long for this model. Start a new one, or choose a model that reads more.`;
    case "model-refused-prompt":
      return `${subject} cannot answer this as it is: the prompt or a file in it does not suit the model. Change it, or choose another model.`;
    case "model-failed":
      return `${subject} failed to answer. Try again, or choose another model.`;
  }
}
