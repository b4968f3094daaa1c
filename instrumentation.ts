/** Next calls this once per process, before it serves. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { server } = await import("#lib/server");
  server().start();
}
