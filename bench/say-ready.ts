// Whoever imports this lives as long as the bench that started it, also while it is not ready yet.
process.on("disconnect", () => process.exit());

/** Tells the bench that started this process what it waits for. */
export function sayReady(what: unknown): void {
  process.send?.({ ready: what });
}
