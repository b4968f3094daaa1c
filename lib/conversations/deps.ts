import type { Limits } from "#lib/accounts/limits";
import type { Database } from "#lib/database/client";
import type { Log } from "#lib/log/log";
import type { Moments } from "#lib/moments";

/** What the verbs of this folder stand on. */
export type Deps = {
  database: Database;
  log: Pick<Log, "committed" | "follow">;
  limits: Limits;
  moments: Moments;
  /** Wakes this process's worker: there is something to answer. */
  wakeWorker(): void;
  models: {
    /** Throws `unknown-model` for one that the settings do not offer. */
    mustHave(model: string): Promise<void>;
    defaultId(): Promise<string>;
  };
};
