/** What Drizzle throws where a statement fails. Its message and its `params` hold what people wrote. */
export type StatementError = Error & { query: string; params: unknown[] };

export function isStatementError(error: unknown): error is StatementError {
  return error instanceof Error && "query" in error && "params" in error;
}

/** Why a statement failed and where it was asked, without a word of what it was given. */
export function describeStatementError({ message, query, stack = "", cause }: StatementError): string {
  const { code, hint, table_name, constraint_name } = (cause ?? {}) as Record<string, unknown>;
  // What Postgres says as `detail` and `where` may quote the row.
  const facts = Object.entries({ code, hint, table_name, constraint_name })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`);
  const frames = stack.slice(stack.indexOf(message) + message.length);
  return `${messageOf(cause)} (${facts.join(", ")})\n    in: ${query.trim().replace(/\s+/g, " ")}${frames}`;
}

/** Why it failed, in a sentence that may be printed. */
export function messageOf(error: unknown): string {
  if (isStatementError(error)) return messageOf(error.cause);
  return error instanceof Error ? error.message : String(error);
}
