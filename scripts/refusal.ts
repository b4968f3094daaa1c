/** Why Rejoin does not go on, in one sentence that says what to do. The person sees it without a stack. */
export class Refusal extends Error {}

/** Says why it ended: a refusal in its sentence, anything unforeseen with all that is known. */
export function explain(error: unknown): void {
  console.error(error instanceof Refusal ? error.message : (forbidden(error) ?? error));
}

function forbidden(error: unknown): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  if (!path || !["EACCES", "EPERM", "EROFS"].includes(code ?? "")) return undefined;
  return `Rejoin may not use ${path}: start it as the account that owns it, or set another DATA_DIR.`;
}
