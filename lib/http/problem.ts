import { Failure, type FailureCode, failures, hasCode } from "#lib/errors";
import type { Moments } from "#lib/moments";
import type { Problem } from "#lib/protocol/api";
import { json } from "./answers.ts";

/**
 * The one place where a failure becomes an answer. What is no fault of the asker is told to the operator, and in full to
 * nobody else.
 */
export function problemResponse(error: unknown, { moments }: { moments: Moments }): Response {
  const failure = toFailure(error);
  const { status, headers, body } = problemBody(failure);
  if (status >= 500) moments.emit("request.failed", { error });
  return json(body, status, headers);
}

/** A failure as RFC 9457 has it. */
export function problemBody(
  failure: Pick<Failure, "code" | "message"> & { retryAfterSeconds?: number | undefined },
): {
  status: number;
  headers: Record<string, string>;
  body: Problem;
} {
  const { status, title } = failures[failure.code];
  return {
    status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      ...(failure.retryAfterSeconds !== undefined && { "retry-after": String(failure.retryAfterSeconds) }),
    },
    body: { type: "about:blank", title, status, detail: failure.message, code: failure.code },
  };
}

function toFailure(error: unknown): {
  code: FailureCode;
  message: string;
  retryAfterSeconds?: number | undefined;
} {
  // By code and not by class: a bundle may hold a second class of the same name.
  if (
    error instanceof Error &&
    (Object.keys(failures) as FailureCode[]).some((code) => hasCode(error, code))
  ) {
    return error as Failure;
  }
  if (isOfTheDatabase(error)) {
    return new Failure("database-unavailable", "The database does not answer. Try again in a moment.", {
      retryAfterSeconds: 2,
    });
  }
  return new Failure(
    "internal",
    "Something went wrong on the server. Try again; if it goes on, look at the server's log.",
  );
}

const CONNECTION_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
]);
/**
 * What Postgres, or a pooler in its place, calls it that it takes no connection, has lost one, has no room (on disk, in
 * memory, for connections) or is about to stop or start. Appendix A of its manual: classes 08 and 53, 57P01 to 57P03.
 */
const CANNOT_NOW = /^(08...|53...|57P0[123])$/;

function isOfTheDatabase(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!("code" in cause)) continue;
    const code = String(cause.code);
    if (CONNECTION_CODES.has(code) || CANNOT_NOW.test(code)) return true;
  }
  return false;
}
