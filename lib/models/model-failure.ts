import { hasCode } from "#lib/errors";
import type { GenerationError } from "#lib/protocol/event";

/** Every way in which a model can leave a prompt without its answer. */
export type ModelFailureCode =
  | "model-key-refused"
  | "model-quota-exceeded"
  | "model-not-found"
  | "model-rate-limited"
  | "model-overloaded"
  | "model-unreachable"
  | "model-cut-off"
  | "model-silent"
  | "model-context-exceeded"
  | "model-refused-prompt"
  | "model-failed";

/**
 * A reply that could not be finished. `detail` is a sentence for the person and says what to do;
 * what the provider said is for the operator, and is in `cause`.
 */
export class ModelFailure extends Error {
  readonly code: ModelFailureCode;
  readonly detail: string;
  /** How long the provider asked to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ModelFailureCode,
    detail: string,
    options: ErrorOptions & { retryAfterMs?: number | undefined } = {},
  ) {
    super(detail, options);
    this.name = "ModelFailure";
    this.code = code;
    this.detail = detail;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Compares names and not classes: Next bundles one module twice, and then there are two classes. */
export function isModelFailure(error: unknown): error is ModelFailure {
  return error instanceof Error && error.name === "ModelFailure";
}

/** What the generation's record says about anything that was thrown while it was made. */
export function explainFailure(error: unknown): GenerationError {
  if (isModelFailure(error)) return { code: error.code, detail: error.detail };
  if (hasCode(error, "unknown-model") && error instanceof Error) {
    return { code: "model-not-found", detail: error.message };
  }
  return { code: "internal", detail: "Something went wrong here. Try again." };
}
