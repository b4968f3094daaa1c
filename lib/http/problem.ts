import { Failure, type FailureCode, failures, hasCode } from "#lib/errors";
import type { Moments } from "#lib/moments";
import type { Problem } from "#lib/protocol/api";
import { json } from "./answers.ts";

/** The one place where a failure becomes an answer. What nobody expected is told to the operator and not to the asker. */
export function problemResponse(error: unknown, { moments }: { moments: Moments }): Response {
  const failure = toFailure(error);
  if (failure.code === "internal") moments.emit("request.failed", { error });
  const { status, headers, body } = problemBody(failure);
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
  if (isConnectionFailure(error)) {
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
  "57P01",
  "57P03",
]);

function isConnectionFailure(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && CONNECTION_CODES.has(String(cause.code))) return true;
  }
  return false;
}
