import { expect, test } from "vitest";
import { parseProviderDelta } from "./provider-delta.ts";

const chat = (delta: object, rest: object = {}) => ({
  id: "1",
  choices: [{ index: 0, delta, finish_reason: null }],
  ...rest,
});
const call = (argumentsText: string) => ({
  tool_calls: [{ index: 0, function: { arguments: argumentsText } }],
});
const anthropic = (delta: object, index = 0) => ({ type: "content_block_delta", index, delta });
const response = (type: string, delta: string, rest: object = {}) => ({ type, item_id: "m", delta, ...rest });
const parse = (event: object) => parseProviderDelta(JSON.stringify(event));

test.each([
  ["a chat's words", chat({ content: "a" }), chat({ content: "b" }), chat({ content: "ab" })],
  [
    "a chat's thoughts, beside empty words",
    chat({ content: "", reasoning_content: "a" }),
    chat({ content: "", reasoning_content: "b" }),
    chat({ content: "", reasoning_content: "ab" }),
  ],
  ["a call's arguments", chat(call('{"a')), chat(call('":1}')), chat(call('{"a":1}'))],
  [
    "Anthropic's words",
    anthropic({ type: "text_delta", text: "a" }),
    anthropic({ type: "text_delta", text: "b" }),
    anthropic({ type: "text_delta", text: "ab" }),
  ],
  [
    "Anthropic's thoughts",
    anthropic({ type: "thinking_delta", thinking: "a" }),
    anthropic({ type: "thinking_delta", thinking: "b" }),
    anthropic({ type: "thinking_delta", thinking: "ab" }),
  ],
  [
    "OpenAI's words, whatever their number and their filling",
    response("response.output_text.delta", "a", { sequence_number: 7, obfuscation: "xyz" }),
    response("response.output_text.delta", "b", { sequence_number: 8, obfuscation: "z" }),
    response("response.output_text.delta", "ab", { sequence_number: 7, obfuscation: "xyz" }),
  ],
])("%s are joined", (_, one, other, both) => {
  const [first, second] = [parse(one), parse(other)];
  expect(first?.kind).toBe(second?.kind);
  expect(JSON.parse(first?.withText(`${first.text}${second?.text}`) ?? "")).toEqual(both);
});

test.each([
  ["another message's", chat({ content: "a" }), chat({ content: "a" }, { id: "2" })],
  ["thoughts and words", chat({ content: "a" }), chat({ reasoning_content: "a" })],
  [
    "the last, which says why it ended",
    chat({ content: "a" }),
    { ...chat({ content: "a" }), choices: [{ delta: { content: "a" }, finish_reason: "stop" }] },
  ],
  [
    "another block's",
    anthropic({ type: "text_delta", text: "a" }),
    anthropic({ type: "text_delta", text: "a" }, 1),
  ],
  [
    "what has other likelihoods",
    response("response.output_text.delta", "a", { logprobs: [1] }),
    response("response.output_text.delta", "a", { logprobs: [2] }),
  ],
])("not with %s", (_, one, other) => {
  expect(parse(one)?.kind).toBeDefined();
  expect(parse(one)?.kind).not.toBe(parse(other)?.kind);
});

test.each([
  ["the end", "[DONE]"],
  ["no JSON", "{"],
  ["a list", "[]"],
  ["null", "null"],
  ["the beginning of a chat", JSON.stringify(chat({ role: "assistant", content: "" }))],
  [
    "several choices",
    JSON.stringify({ choices: [{ delta: { content: "a" } }, { delta: { content: "b" } }] }),
  ],
  ["words and thoughts in one", JSON.stringify(chat({ content: "a", reasoning_content: "b" }))],
  ["words and a call in one", JSON.stringify(chat({ content: "a", ...call("{}") }))],
  ["several calls", JSON.stringify(chat({ tool_calls: [...call("a").tool_calls, ...call("b").tool_calls] }))],
  ["a signature", JSON.stringify(anthropic({ type: "signature_delta", signature: "x" }))],
  ["a sound", JSON.stringify(response("response.audio.delta", "UklGRg=="))],
  [
    "what is nested too deep",
    `{"choices":[{"delta":{"content":"a","x":${"[".repeat(1e5)}${"]".repeat(1e5)}}}]}`,
  ],
  ["usage", JSON.stringify({ type: "message_delta", delta: { stop_reason: "end_turn" } })],
])("%s stays as it is", (_, data) => {
  expect(parseProviderDelta(data)).toBeUndefined();
});
