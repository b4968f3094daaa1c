/**
 * Nobody may read any more what we print: a terminal was closed, or `npm start | head` has seen enough. That ends
 * nothing here. Left alone, it is an error that somebody prints, which is an error again, for ever.
 */
export function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}
