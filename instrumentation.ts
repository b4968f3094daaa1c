/** Next calls this once per process, before it serves. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ server }, { startTracing }] = await Promise.all([
    import("#lib/server"),
    import("#lib/observe/tracing"),
  ]);
  await startTracing();
  const { start, awake } = server();
  start();
  // The platform takes this process away. Elsewhere whoever started it sees to that.
  if (awake) process.once("SIGTERM", () => void awake.leave());
}
