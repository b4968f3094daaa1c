import { browserClock } from "../clock.ts";
import { createListeners } from "../listeners.ts";
import { type CheckDeps, checkConnection } from "./check-connection.ts";
import { type Finding, inOrder } from "./findings.ts";

export type ConnectionView = {
  state: "idle" | "running" | "done" | "failed";
  /** What is known so far, in the order in which it is told. */
  findings: Finding[];
  /** Why there was nothing to try. */
  why?: string;
};

const IDLE: ConnectionView = { state: "idle", findings: [] };

/** The check as a page shows it. It can be run as often as somebody likes, one at a time. */
export function createConnection(given: Omit<CheckDeps, "signal">) {
  const listeners = createListeners();
  let view = IDLE;
  let work = new AbortController();

  function show(next: ConnectionView) {
    view = next;
    listeners.tell();
  }

  return {
    subscribe: listeners.subscribe,
    getView: () => view,

    async run(): Promise<void> {
      work.abort();
      work = new AbortController();
      const { signal } = work;
      show({ state: "running", findings: [] });
      const onFinding = (finding: Finding) => {
        if (!signal.aborted) show({ ...view, findings: inOrder([...view.findings, finding]) });
      };
      try {
        await checkConnection({ ...given, signal }, onFinding);
        if (!signal.aborted) show({ ...view, state: "done" });
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (!signal.aborted) show({ ...view, state: "failed", why });
        work.abort();
      }
    },

    leave() {
      work.abort();
      show(IDLE);
    },
  };
}

export type ConnectionStore = ReturnType<typeof createConnection>;

/** The one of the page that this code runs in. Nothing of the browser is touched before it is used. */
export const createBrowserConnection = (): ConnectionStore =>
  createConnection({
    fetch: (address, init) => fetch(address, init),
    clock: browserClock,
    httpVersion: async () => newestVersion(),
  });

/** What the last answer from our server was spoken in. A browser that does not tell says nothing. */
function newestVersion(): string | null {
  const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const own = entries.filter(({ name }) => name.includes("/api/connection"));
  return own.at(-1)?.nextHopProtocol || null;
}
