import { APICallError } from "@ai-sdk/provider";

type Finding = "insufficient-quota" | "invalid-key" | "context-exceeded";

/** What can be read from an error, whichever provider it comes from and whether before the answer or in it. */
export type Evidence = {
  /** The HTTP status, or what it would have been for an error that came inside a stream. */
  status: number | undefined;
  retryAfterMs: number | undefined;
  /** All that the provider said, for the operator. */
  text: string;
  says(finding: Finding): boolean;
};

/** Codes that providers write into the body of an error. */
const CODES: Record<Finding, RegExp> = {
  "insufficient-quota": /^insufficient_quota$/,
  "invalid-key": /^(API_KEY_INVALID|invalid_api_key)$/,
  "context-exceeded": /^(context_length_exceeded|request_too_large|exceed_context_size_error)$/,
};

/** Some providers have no code for this one. */
const CONTEXT_TEXT = /prompt is too long|context (length|window|size)|input token count .* exceeds/i;

/** For an error inside a stream, which has no status of its own. The first that fits counts. */
const STATUS_OF_CODE: [RegExp, number][] = [
  [/insufficient_quota|rate_limit|resource_exhausted/i, 429],
  [/overload|unavailable/i, 529],
  [/authentication|api_key/i, 401],
  [/permission/i, 403],
  [/not_found/i, 404],
  [/context_length|invalid_(request|argument)|bad_request/i, 400],
  [/timeout|deadline/i, 504],
  [/server_error|api_error|internal/i, 500],
];

export function evidenceOf(error: unknown): Evidence {
  const call = APICallError.isInstance(error) ? error : undefined;
  const body = call ? (call.data ?? parsed(call.responseBody)) : error;
  const codes = codesIn(body);
  const message = messageOf(error);
  const text = call?.responseBody ? `${message} ${call.responseBody}` : message;
  return {
    status: call ? call.statusCode : statusOf(error, codes),
    retryAfterMs: retryAfterMs(call?.responseHeaders ?? {}),
    text,
    says: (finding) =>
      codes.some((code) => CODES[finding].test(code)) ||
      (finding === "context-exceeded" && CONTEXT_TEXT.test(text)),
  };
}

function statusOf(error: unknown, codes: string[]): number | undefined {
  const stated = [fieldOf(error, "statusCode"), ...codes].map(Number).find((n) => n >= 400 && n <= 599);
  return stated ?? STATUS_OF_CODE.find(([pattern]) => codes.some((code) => pattern.test(code)))?.[1];
}

const CODE_FIELDS = new Set(["code", "type", "status", "reason"]);
const BODY_DEPTH_MAX = 5;

/** Every code in an error's body, wherever this provider put it. */
function codesIn(body: unknown, depth = 0): string[] {
  if (typeof body !== "object" || body === null || depth > BODY_DEPTH_MAX) return [];
  return Object.entries(body).flatMap(([field, value]) => {
    const isCode = CODE_FIELDS.has(field) && (typeof value === "string" || typeof value === "number");
    return isCode ? [String(value)] : codesIn(value, depth + 1);
  });
}

function messageOf(error: unknown): string {
  if (typeof error === "string") return error;
  return String(fieldOf(error, "message") ?? "The provider gave no reason.");
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[field] : undefined;
}

function parsed(body: string | undefined): unknown {
  try {
    return body === undefined ? undefined : JSON.parse(body);
  } catch {
    return undefined; // A proxy's page in HTML, say: then the status alone has to tell.
  }
}

function retryAfterMs(headers: Record<string, string>): number | undefined {
  const ms = Number.parseFloat(headers["retry-after-ms"] ?? "");
  if (ms >= 0) return ms;
  const after = headers["retry-after"] ?? "";
  const seconds = Number.parseFloat(after);
  if (seconds >= 0) return seconds * 1_000;
  // A date is told by the provider's clock, so it is measured by it.
  const untilMs = Date.parse(after) - Date.parse(headers.date ?? "");
  return untilMs >= 0 ? untilMs : undefined;
}
