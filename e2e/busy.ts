import type { Page } from "@playwright/test";

type TraceEvent = {
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args: { name?: string };
};

/**
 * Writes down how long the page itself was busy in one go, in milliseconds of its own time on a processor: what else the
 * machine had to do meanwhile is not in it, as it is in long tasks.
 *
 * @returns what ends it, and tells the longest
 */
export async function watchBusy(page: Page): Promise<() => Promise<number>> {
  const browser = page.context().browser();
  if (!browser) throw new Error("the page has no browser of its own");
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline"] });
  return async () => {
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const mains = new Set(
      trace.traceEvents
        .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
        .map(({ pid, tid }) => `${pid} ${tid}`),
    );
    const tasks = trace.traceEvents.filter(
      ({ name, pid, tid }) => name === "RunTask" && mains.has(`${pid} ${tid}`),
    );
    return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1_000));
  };
}
