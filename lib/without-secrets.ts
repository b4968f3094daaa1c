import { inspect } from "node:util";
import type { Settings } from "#lib/env";
import { secretsOf } from "#lib/mcp-servers";
import { describeStatementError, isStatementError } from "#lib/statement-error";

/** Shorter ones would be found in ordinary words. */
const SECRET_MIN_LENGTH = 6;

/**
 * An error as the operator may read it: without a secret, for there are providers that repeat the key which they refuse, and
 * without what people wrote, which a statement that fails would bring along.
 */
export function withoutSecrets(error: unknown, settings: Settings): string {
  return secretsIn(settings).reduce((told, secret) => told.replaceAll(secret, "[secret]"), wordsOf(error));
}

function wordsOf(error: unknown): string {
  if (typeof error === "string") return error;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isStatementError(cause)) return describeStatementError(cause);
  }
  return inspect(error);
}

function secretsIn(settings: Settings): string[] {
  const ofSettings = Object.entries(settings).flatMap(([name, value]) => {
    if (typeof value !== "string") return [];
    if (/_(KEY|SECRET)$/.test(name)) return [value];
    const password = URL.parse(value)?.password ?? "";
    return [password, decodeURIComponent(password)];
  });
  // The longest first: one may stand within another.
  return [...ofSettings, ...secretsOf(settings.MCP_SERVERS ?? {})]
    .sort((one, other) => other.length - one.length)
    .filter((secret) => secret.length >= SECRET_MIN_LENGTH);
}
