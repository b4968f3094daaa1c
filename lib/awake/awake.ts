import { REST_AFTER_MS, timesOf } from "./times.ts";

/**
 * What keeps a process awake that its platform freezes whenever no request is open, and ends at a limit. Each request
 * holds it: until it is answered and nothing is being done any more, or until its own time is up.
 */
export type Awake = {
  /**
   * Resolves when the platform may take the process away, as far as this request is concerned.
   *
   * @param works false for a request in a process that is to begin nothing
   */
  hold(answered: Promise<void>, options?: { works: boolean }): Promise<void>;
  /** Whether there is time enough to begin something. */
  mayBegin(): boolean;
  /** The platform takes the process away before its time is up. */
  leave(): Promise<void>;
};

type Deps = {
  limitMs: number;
  /** A request came that works: there may be something to take, and something to listen to. */
  woken(): void;
  /** Resolves when nothing is being done. */
  done(): Promise<void>;
  isBusy(): boolean;
  /** Stops in order what is still being done: nobody keeps the process awake any more. */
  handOver(): Promise<void>;
  /** Lets go of what a frozen process must not hold. Connections that nobody uses close by themselves. */
  rest(): Promise<void>;
};

export function createAwake({ limitMs, woken, done, isBusy, handOver, rest }: Deps): Awake {
  const { workMs, beginMs, closeMs } = timesOf(limitMs);
  const holds = new Set<{ sinceMs: number; works: boolean }>();
  let isLeaving = false;

  /** It does not rest at once: others may come, and what died a moment ago is not known to be dead yet. */
  async function quiet(answered: Promise<void>): Promise<void> {
    await answered;
    do {
      await done();
      await pause(REST_AFTER_MS);
    } while (isBusy());
  }

  return {
    async hold(answered, { works } = { works: true }) {
      const mine = { sinceMs: performance.now(), works };
      holds.add(mine);
      if (works) woken();
      const time = Promise.withResolvers<void>();
      const timer = setTimeout(time.resolve, workMs);
      await Promise.race([quiet(answered), time.promise]);
      clearTimeout(timer);
      holds.delete(mine);
      if (holds.size > 0) return;
      await handOver();
      if (holds.size > 0) return;
      await rest();
      await pause(closeMs);
    },

    mayBegin: () =>
      !isLeaving && [...holds].some(({ sinceMs, works }) => works && performance.now() - sinceMs < beginMs),

    async leave() {
      isLeaving = true;
      await handOver();
      await rest();
    },
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
