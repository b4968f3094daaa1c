import { join } from "node:path";

const FOLDER = "lib/models/tools";
const MAX_HEAP_MB = 256;
/** On a machine that is busy, loading what a file stands on takes its time. */
const BEGIN_MAX_MS = 30_000;

/** What a file says when it has loaded all that it needs: from here on its time counts. */
export const BEGUN = "begun";

/**
 * Has a file of this folder work on something beside all else that this process does, in bounded time and memory: what
 * takes a second here would hold up every answer for a second. The file takes `workerData`, posts `BEGUN`, and then one message.
 *
 * @throws `tooMuch`, when it does not come to an end
 */
export async function apart<Result>(
  file: string,
  work: object,
  { maxMs, signal, tooMuch }: { maxMs: number; signal?: AbortSignal | undefined; tooMuch: string },
): Promise<Result> {
  signal?.throwIfAborted();
  // From the folder in which the server was started, and as it stands. Where Next sees a worker being made, it bundles
  // whatever might be meant, this whole folder with its tests, and looks for the file in there.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const worker = new Worker(join(/* turbopackIgnore: true */ process.cwd(), FOLDER, file), {
    workerData: work,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const giveUp = (cause?: unknown) => reject(new Error(tooMuch, { cause }));
  const stop = () => reject(signal?.reason);
  let limit = setTimeout(giveUp, BEGIN_MAX_MS);
  signal?.addEventListener("abort", stop, { once: true });
  worker.on("message", (message) => {
    clearTimeout(limit);
    if (message === BEGUN) limit = setTimeout(giveUp, maxMs);
    else resolve(message);
  });
  worker.once("error", giveUp);
  worker.once("exit", giveUp);
  try {
    return await promise;
  } finally {
    clearTimeout(limit);
    signal?.removeEventListener("abort", stop);
    await worker.terminate();
  }
}
