/** What a row would have belonged to is not there (any more). */
const FOREIGN_KEY_VIOLATION = "23503";

/** Whether a statement was refused because of this foreign key. */
export function violatesForeignKey(error: unknown, constraint: string): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === FOREIGN_KEY_VIOLATION) {
      return "constraint_name" in cause && cause.constraint_name === constraint;
    }
  }
  return false;
}
