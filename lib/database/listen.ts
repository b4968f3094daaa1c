import postgres, { type Sql } from "postgres";
import { isPooled, keepsSession } from "./pooled.ts";

/** A dead connection is noticed within a heartbeat and its answer's limit. */
const HEARTBEAT_MS = 5_000;
const ANSWER_LIMIT_MS = 3_000;
const RELISTEN_MS = 500;
const RELISTEN_MAX_MS = 10_000;

export type Listener = {
  isListening(): boolean;
  /** Lets go of the connection until `wake`. A process that is frozen with it would hold up what is told to all. */
  rest(): Promise<void>;
  wake(): void;
  stop(): Promise<void>;
};

/**
 * Holds one LISTEN connection and keeps it alive.
 *
 * A lost LISTEN is silent: a half-open socket reports nothing, and behind a transaction pooler the statement
 * succeeds on a connection that is then somebody else's. So a heartbeat asks the session itself whether it
 * still listens. And before it says LISTEN or holds anything, it finds out whether that would be kept: on a connection
 * that is somebody else's in a moment, both would stay behind. `onListening` is called each time it listens anew: what
 * was missed meanwhile must be read.
 */
export function listen({
  url,
  channel,
  hold,
  rests = false,
  onNotify,
  onListening,
  onDown,
}: {
  url: string;
  channel: string;
  /** A statement whose effect lasts as long as the connection, as an advisory lock does. */
  hold: { text: string; values: string[] };
  /** Whether it begins only when it is woken. */
  rests?: boolean | undefined;
  onNotify(payload: string): void;
  onListening(facts: { isPooled: boolean }): void;
  onDown(error: unknown): void;
}): Listener {
  const stopping = new AbortController();
  let leaving = new AbortController();
  let isListening = false;
  let isAwake = !rests;
  let woken = Promise.withResolvers<void>();
  let staying = Promise.resolve();

  /** Listens until the connection breaks or is to be left; throws why. */
  async function stay(leave: AbortSignal): Promise<void> {
    const broken = new AbortController();
    const options = {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      connection: { application_name: "rejoin listen" },
      fetch_types: false,
      prepare: false,
      onnotice: () => {},
      onnotify: (_channel: string, payload: string) => onNotify(payload),
      onclose: () => broken.abort(new Error("the LISTEN connection was closed")),
    };
    const sql = postgres(url, options as postgres.Options<Record<string, never>>) as unknown as Sql;
    try {
      const isBehindPooler = await answered(isPooled(sql));
      if (isBehindPooler && !(await answered(keepsSession(sql, url)))) throw notKept();
      await answered(sql.unsafe(`listen ${channel}`));
      await answered(sql.unsafe(hold.text, hold.values));
      for (;;) {
        const [row] = await answered(
          sql<{ count: number }[]>`select count(*)::int as count from pg_listening_channels()`,
        );
        if (row?.count !== 1) throw notKept();
        if (!isListening) {
          isListening = true;
          onListening({ isPooled: isBehindPooler });
        }
        await pause(HEARTBEAT_MS, AbortSignal.any([leave, broken.signal]));
        leave.throwIfAborted();
        broken.signal.throwIfAborted();
      }
    } finally {
      isListening = false;
      await sql.end({ timeout: 0 });
    }
  }

  async function keep(): Promise<void> {
    let delayMs = RELISTEN_MS;
    while (!stopping.signal.aborted) {
      if (!isAwake) {
        await woken.promise;
        woken = Promise.withResolvers();
        continue;
      }
      const leave = AbortSignal.any([stopping.signal, leaving.signal]);
      const startedAtMs = Date.now();
      staying = stay(leave).catch((error) => {
        if (!leave.aborted) onDown(error);
      });
      await staying;
      if (leave.aborted || Date.now() - startedAtMs > RELISTEN_MAX_MS) delayMs = RELISTEN_MS;
      await pause(delayMs, leave);
      delayMs = Math.min(delayMs * 2, RELISTEN_MAX_MS);
    }
  }

  const kept = keep();
  return {
    isListening: () => isListening,
    async rest() {
      isAwake = false;
      leaving.abort();
      leaving = new AbortController();
      await staying;
    },
    wake() {
      isAwake = true;
      woken.resolve();
    },
    async stop() {
      stopping.abort();
      woken.resolve();
      await kept;
    },
  };
}

const notKept = () =>
  new Error("the connection does not keep LISTEN (a transaction pooler? set DATABASE_URL_DIRECT)");

/** Resolves after so long, or when the signal aborts. */
function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, delayMs);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

async function answered<Answer>(question: PromiseLike<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the LISTEN connection does not answer")), ANSWER_LIMIT_MS);
  });
  try {
    return await Promise.race([question, limit]);
  } finally {
    clearTimeout(timer);
  }
}
