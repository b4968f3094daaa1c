/** Work that is done again and again, one time after the other, until it is stopped. */
export type Repeated = {
  start(): void;
  /** Does not wait for the next time; one that is on its way counts. */
  now(): void;
  /** Resolves when it is not being done. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * @param everyMs how long to rest between two times, asked anew before each
 * @param onError is told what a time threw; the next one comes all the same
 */
export function repeat({
  work,
  everyMs,
  onError,
}: {
  work(signal: AbortSignal): Promise<void> | void;
  everyMs(): number;
  onError(error: unknown): void;
}): Repeated {
  const leaving = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;

  async function once(): Promise<void> {
    try {
      await work(leaving.signal);
    } catch (error) {
      onError(error);
    }
  }

  function rest(): void {
    if (leaving.signal.aborted) return;
    timer = setTimeout(begin, everyMs());
    timer.unref();
  }

  function begin(): void {
    clearTimeout(timer);
    working ??= once().finally(() => {
      working = undefined;
      rest();
    });
  }

  return {
    start: rest,
    now: begin,
    idle: async () => working,
    async stop() {
      leaving.abort();
      clearTimeout(timer);
      await working;
    },
  };
}
