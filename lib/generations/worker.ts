import { endLeasesOfEarlierLives } from "#lib/log/pen";
import type { Moments } from "#lib/moments";
import { repeat } from "#lib/repeat";
import { type Claim, claim } from "./claim.ts";
import { GENERATIONS_MAX, SWEEP_MS } from "./limits.ts";
import { readRunning } from "./read-generations.ts";
import { OUT_OF_TIME, type RunDeps, run } from "./run.ts";
import { watchWitnesses } from "./watch-witnesses.ts";

/** Claims generations and writes them, as long as the process lives. */
export type Worker = {
  /** Begins to look around by itself, for what nobody wakes it for. */
  start(): void;
  /** There may be something in the queue. */
  wake(): void;
  /** A worker may have left something behind. */
  lookForOrphans(): void;
  /** How many generations it writes now. */
  count(): number;
  /** Resolves when it writes nothing, and is not about to. */
  idle(): Promise<void>;
  /** Gives back all that it writes, because the time of its process is up. Resolves to how many that were. */
  handOver(): Promise<number>;
  /** Claims nothing more. What has not ended after `graceMs` is left to whoever comes next. */
  stop(options?: { graceMs: number }): Promise<void>;
};

type Deps = RunDeps & {
  instanceId: string;
  hasSideEffects(toolName: string): boolean;
  goesOn?: boolean;
  workerId: string;
  leaseTtlMs: number;
  moments: Moments;
  /** Whether there is time to begin anything. Absent: there always is. */
  mayBegin?: () => boolean;
  sweepMs?: number;
  random?: () => number;
};

export function createWorker(deps: Deps): Worker {
  const { sweepMs = SWEEP_MS, random = Math.random, mayBegin = () => true } = deps;
  const running = new Set<Promise<void>>();
  let claiming: Promise<void> | undefined;
  let isWoken = false;
  let mayHaveOrphans = false;
  let dead: ReadonlyMap<string, string> = new Map();
  let isStopping = false;
  let leaving = new AbortController();

  function lookForOrphans(): void {
    mayHaveOrphans = true;
    wake();
  }

  function wake(): void {
    isWoken = true;
    claiming ??= claimAll()
      .catch((error) => deps.moments.emit("worker.failed", { error }))
      .finally(() => {
        claiming = undefined;
      });
  }

  /** Claims until there is nothing more. A wake-up that comes meanwhile makes it look once more. */
  async function claimAll(): Promise<void> {
    while (isWoken && !isStopping && mayBegin()) {
      isWoken = false;
      const room = GENERATIONS_MAX - running.size;
      const isForOrphans = mayHaveOrphans;
      mayHaveOrphans = false;
      const { claims, appended } = await claim(deps, { room, dead: isForOrphans ? dead : undefined });
      deps.committed(appended);
      for (const one of claims) begin(one);
      if (claims.length === 0) continue;
      isWoken = true;
      mayHaveOrphans ||= isForOrphans;
    }
  }

  /** What this instance was writing when it was killed need not wait for its lease. */
  async function takeBackOwn(): Promise<void> {
    const logIds = (await readRunning(deps.database)).map(({ conversationId }) => conversationId);
    await endLeasesOfEarlierLives(deps.database, { ...deps, logIds });
  }

  function begin(one: Claim): void {
    deps.moments.emit("generation.claimed", { generationId: one.generation.id, attempt: one.pen.attempt });
    const work = run(deps, one, leaving.signal)
      .catch((error) => deps.moments.emit("worker.failed", { error }))
      .finally(() => {
        running.delete(work);
        // The next prompt of this conversation may be waiting for its pen.
        wake();
      });
    running.add(work);
  }

  // With jitter, so that many processes do not all ask at the same moment.
  const sweep = repeat({
    work: lookForOrphans,
    everyMs: () => sweepMs * (0.8 + 0.4 * random()),
    onError: (error) => deps.moments.emit("worker.failed", { error }),
  });
  const watch = watchWitnesses({
    ...deps,
    mayBegin,
    onDead: (found) => {
      dead = found;
      lookForOrphans();
    },
  });

  return {
    start() {
      claiming = takeBackOwn()
        .catch((error) => deps.moments.emit("worker.failed", { error }))
        .finally(() => {
          claiming = undefined;
          lookForOrphans();
        });
      sweep.start();
      watch.start();
    },
    wake,
    lookForOrphans,
    count: () => running.size,
    async idle() {
      while (claiming || running.size > 0) await Promise.all([claiming, ...running]);
    },
    async handOver() {
      await claiming;
      const left = [...running];
      leaving.abort(OUT_OF_TIME);
      leaving = new AbortController();
      await Promise.all(left);
      return left.length;
    },
    async stop({ graceMs } = { graceMs: 0 }) {
      isStopping = true;
      await Promise.all([sweep.stop(), watch.stop()]);
      await claiming;
      deps.moments.emit("worker.stopping", { answers: running.size, graceMs });
      await within(graceMs, Promise.all(running));
      leaving.abort();
      await Promise.all(running);
    },
  };
}

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, limitMs);
  await Promise.race([work, limit.promise]);
  clearTimeout(timer);
}
