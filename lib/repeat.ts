/** Work that is done again and again, one time after the other, until it is stopped. */
export type Repeated = { start(): void; stop(): Promise<void> };

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
    rest();
  }

  function rest(): void {
    if (leaving.signal.aborted) return;
    timer = setTimeout(() => {
      working = once();
    }, everyMs());
    timer.unref();
  }

  return {
    start: rest,
    async stop() {
      leaving.abort();
      clearTimeout(timer);
      await working;
    },
  };
}
