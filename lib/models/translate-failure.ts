import {
  APICallError,
  EmptyResponseBodyError,
  InvalidPromptError,
  InvalidResponseDataError,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import { hasCode } from "#lib/errors";
import { type Evidence, evidenceOf } from "./failure-evidence.ts";
import { type About, sentenceFor } from "./failure-sentences.ts";
import { isModelFailure, ModelFailure, type ModelFailureCode } from "./model-failure.ts";

/** Errors of the AI SDK about what was to be sent, by name: it exports no test for them. */
const PROMPT_ERRORS = new Set([
  "AI_DownloadError",
  "AI_InvalidDataContentError",
  "AI_InvalidMessageRoleError",
  "AI_MessageConversionError",
  "AI_MissingToolResultsError",
]);

/** Gives whatever a provider or the AI SDK threw one of our codes, and a sentence for the person. */
export function toModelFailure(error: unknown, about: About): ModelFailure {
  if (isModelFailure(error)) return error;
  if (hasCode(error, "unknown-model") && error instanceof Error) {
    return new ModelFailure("model-not-found", error.message, { cause: error });
  }
  const evidence = evidenceOf(error);
  const code = codeOf(error, evidence);
  return new ModelFailure(code, sentenceFor(code, about), {
    cause: forOperator(error, evidence),
    retryAfterMs: evidence.retryAfterMs,
  });
}

function codeOf(error: unknown, evidence: Evidence): ModelFailureCode {
  if (APICallError.isInstance(error)) {
    if (evidence.status === undefined) return "model-unreachable";
    // The answer had begun well, then the connection broke.
    if (evidence.status < 400) return "model-cut-off";
  }
  if (EmptyResponseBodyError.isInstance(error)) return "model-cut-off";
  // This is how an OpenAI-compatible stream that just ended is reported: there is no data that could be wrong.
  if (InvalidResponseDataError.isInstance(error) && error.data === undefined) return "model-cut-off";
  if (isAboutThePrompt(error)) return "model-refused-prompt";
  return evidence.status === undefined ? "model-failed" : codeOfStatus(evidence.status, evidence);
}

function isAboutThePrompt(error: unknown): boolean {
  if (UnsupportedFunctionalityError.isInstance(error) || InvalidPromptError.isInstance(error)) return true;
  if (!(error instanceof Error)) return false;
  // A file part whose address is none.
  return PROMPT_ERRORS.has(error.name) || ("code" in error && error.code === "ERR_INVALID_URL");
}

function codeOfStatus(status: number, { says }: Evidence): ModelFailureCode {
  // More telling than the status under which it comes: 429, and 400.
  if (says("insufficient-quota")) return "model-quota-exceeded";
  if (says("invalid-key")) return "model-key-refused";
  if (status === 401 || status === 403) return "model-key-refused";
  if (status === 402) return "model-quota-exceeded";
  if (status === 404) return "model-not-found";
  if (status === 429) return "model-rate-limited";
  if (status === 413) return "model-context-exceeded";
  if (status === 408 || status === 409 || status >= 500) return "model-overloaded";
  if (status === 400 || status === 415 || status === 422) {
    return says("context-exceeded") ? "model-context-exceeded" : "model-refused-prompt";
  }
  return "model-failed";
}

const OPERATOR_TEXT_MAX_LENGTH = 2_000;

/** The cause without what was sent: a log must not hold the conversation. */
function forOperator(error: unknown, { status, text }: Evidence): unknown {
  if (error instanceof Error && !APICallError.isInstance(error)) return error;
  const from = APICallError.isInstance(error) ? ` from ${error.url}` : "";
  const cause = error instanceof Error ? error.cause : undefined;
  return new Error(`${status ?? "no status"}${from}: ${text.slice(0, OPERATOR_TEXT_MAX_LENGTH)}`, { cause });
}
