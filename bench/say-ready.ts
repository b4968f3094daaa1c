/** Tells the bench that started this process what it waits for. From then on this process lives as long as the bench. */
export function sayReady(what: unknown): void {
  process.on("disconnect", () => process.exit());
  process.send?.({ ready: what });
}
