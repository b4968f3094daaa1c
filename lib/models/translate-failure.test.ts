import {
  APICallError,
  EmptyResponseBodyError,
  InvalidResponseDataError,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import { describe, expect, test } from "vitest";
import { Failure } from "#lib/errors";
import { explainFailure, ModelFailure } from "./model-failure.ts";
import { toModelFailure } from "./translate-failure.ts";

const about = { model: "openai/gpt-6-astra", silenceMs: 60_000 };
const codeOf = (error: unknown) => toModelFailure(error, about).code;

function refusal(statusCode: number | undefined, body: unknown, responseHeaders = {}): APICallError {
  return new APICallError({
    message: "refused",
    url: "https://provider.test/v1",
    requestBodyValues: { input: "the whole conversation" },
    statusCode,
    responseHeaders,
    responseBody: typeof body === "string" ? body : JSON.stringify(body),
    data: typeof body === "string" ? undefined : body,
  });
}

describe("a refused request", () => {
  test.each([
    [429, { error: { code: "insufficient_quota" } }, "model-quota-exceeded"],
    [402, { error: { code: 402, message: "Insufficient credits" } }, "model-quota-exceeded"],
    [400, { error: { code: "context_length_exceeded" } }, "model-context-exceeded"],
    [400, { error: { type: "exceed_context_size_error" } }, "model-context-exceeded"],
    [400, '{"type":"error","error":{"message":"prompt is too long: 210000"}}', "model-context-exceeded"],
    [
      400,
      { error: { status: "INVALID_ARGUMENT", details: [{ reason: "API_KEY_INVALID" }] } },
      "model-key-refused",
    ],
    [409, {}, "model-overloaded"],
    [422, {}, "model-refused-prompt"],
    [418, {}, "model-failed"],
    [502, "<html>Bad gateway</html>", "model-overloaded"],
    [undefined, "", "model-unreachable"],
    [200, "", "model-cut-off"],
  ])("%s %j is %s", (status, body, code) => {
    expect(codeOf(refusal(status, body))).toBe(code);
  });

  test.each([
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "retry-after": "9" }, 9_000],
    [{ "retry-after": "Sun, 01 Mar 2026 12:00:05 GMT", date: "Sun, 01 Mar 2026 12:00:00 GMT" }, 5_000],
    [{ "retry-after": "soon" }, undefined],
    [{}, undefined],
  ])("%j asks to be left alone for %s ms", (headers, ms) => {
    expect(toModelFailure(refusal(429, {}, headers), about).retryAfterMs).toBe(ms);
  });
});

describe("an error inside a stream", () => {
  test.each([
    [{ message: "x", type: "overloaded_error" }, "model-overloaded"],
    [{ message: "x", type: "error", statusCode: 529 }, "model-overloaded"],
    [{ message: "x", code: 502 }, "model-overloaded"],
    [{ message: "x", code: "rate_limit_exceeded" }, "model-rate-limited"],
    [{ message: "x", code: "insufficient_quota" }, "model-quota-exceeded"],
    [{ message: "x", code: "context_length_exceeded" }, "model-context-exceeded"],
    [{ message: "x", type: "invalid_request_error" }, "model-refused-prompt"],
    [{ message: "x", type: "authentication_error" }, "model-key-refused"],
    [{ message: "x", type: "server_error" }, "model-overloaded"],
    [{ message: "x" }, "model-failed"],
    ["just words", "model-failed"],
    [undefined, "model-failed"],
    [new Error("a bug"), "model-failed"],
  ])("%j is %s", (error, code) => {
    expect(codeOf(error)).toBe(code);
  });
});

test.each([
  [new EmptyResponseBodyError({}), "model-cut-off"],
  [new InvalidResponseDataError({ data: undefined, message: "ended" }), "model-cut-off"],
  [new InvalidResponseDataError({ data: { odd: true }, message: "odd" }), "model-failed"],
  [new UnsupportedFunctionalityError({ functionality: "audio" }), "model-refused-prompt"],
  [new Failure("unknown-model", "There is none."), "model-not-found"],
])("%s is %s", (error, code) => {
  expect(codeOf(error)).toBe(code);
});

test("a failure that is one already stays as it is", () => {
  const failure = new ModelFailure("model-silent", "Nothing came.");
  expect(toModelFailure(failure, about)).toBe(failure);
});

test("whatever is thrown has a code and a sentence for the record", () => {
  expect(explainFailure(new ModelFailure("model-silent", "Nothing came."))).toEqual({
    code: "model-silent",
    detail: "Nothing came.",
  });
  expect(explainFailure(new Failure("unknown-model", "There is none."))).toEqual({
    code: "model-not-found",
    detail: "There is none.",
  });
  expect(explainFailure(new TypeError("x is not a function"))).toEqual({
    code: "internal",
    detail: "Something went wrong here. Try again.",
  });
});
