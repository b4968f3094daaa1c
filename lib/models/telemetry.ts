/**
 * What an operator's traces are told of a question to a model: how long it took and what it cost, and never what was
 * said. The AI SDK would send all of it, so every question to a model names this.
 *
 * @param functionId what the question is for
 */
export const withoutWords = (functionId: "reply" | "aside") => ({
  functionId,
  recordInputs: false,
  recordOutputs: false,
});
