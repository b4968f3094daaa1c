const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** One Ctrl-C reaches us more than once: from the terminal, and from npm and whoever else passes it on. */
const ECHO_MS = 1_000;

/**
 * Calls `stop` once, when we are asked to end or when the process that started us is gone. When a person asks
 * again, `leave` is called: they do not want to wait.
 */
export function onStopSignal({ stop, leave }: { stop(): void; leave(): void }): void {
  let askedAt: number | undefined;
  const asked = () => {
    if (askedAt === undefined) {
      askedAt = performance.now();
      stop();
    } else if (performance.now() - askedAt > ECHO_MS) {
      leave();
    }
  };
  for (const signal of STOP_SIGNALS) process.on(signal, asked);
  process.on("disconnect", () => {
    askedAt ??= performance.now();
    stop();
  });
}
