/** Every failure that is expected, by code: the status it becomes and its name for people. */
export const failures = {
  "invalid-request": { status: 400, title: "The request could not be understood" },
  "unknown-model": { status: 400, title: "There is no such model" },
  "not-signed-in": { status: 401, title: "Nobody is signed in" },
  "wrong-credentials": { status: 401, title: "This is not who you say" },
  "not-allowed": { status: 403, title: "This is not allowed" },
  "wrong-origin": { status: 403, title: "The request came from another site" },
  "not-found": { status: 404, title: "There is nothing here" },
  "email-taken": { status: 409, title: "This address has an account already" },
  "already-answered": { status: 409, title: "This was answered before" },
  "still-answering": { status: 409, title: "The answer is still being written" },
  "id-taken": { status: 409, title: "This id already names something else" },
  "too-large": { status: 413, title: "This is too large" },
  "rate-limited": { status: 429, title: "Too many requests" },
  "lease-lost": { status: 500, title: "Another worker writes this answer" },
  internal: { status: 500, title: "Something went wrong here" },
  "database-unavailable": { status: 503, title: "The database cannot be reached" },
} as const;

export type FailureCode = keyof typeof failures;

/**
 * An expected failure. It is thrown where it is known and translated once, in `lib/http/route.ts`.
 * `detail` is a sentence for whoever asked, and says what to do.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: FailureCode,
    detail: string,
    options: ErrorOptions & { retryAfterSeconds?: number } = {},
  ) {
    super(detail, options);
    this.name = "Failure";
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Compares codes and not classes: Next bundles one module twice, and then there are two classes. */
export function hasCode(error: unknown, code: FailureCode): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
