import { setTimeout as pause } from "node:timers/promises";
import type { Reader } from "#bench/outside/reader";
import type { Network } from "#e2e/proxy";
import type { StartedServer } from "#e2e/servers";
import { between, oneOf, shuffled } from "./chance.ts";

export type Victims = {
  /** The instance that is killed; it comes back at the same address. */
  frail: { server: StartedServer; startAgain(): Promise<StartedServer> };
  /** What stands in front of the instance that is never killed. */
  network: Network;
  readers: Set<Reader>;
};

/** What was done so often. */
export type Done = Map<string, number>;

const CALM_MS = { shortest: 200, longest: 4_000 };
const STALL_MS = { shortest: 200, longest: 8_000 };
const OUTAGE_MS = { shortest: 100, longest: 3_000 };

/** One blow after another until the signal fires. All is well again when it returns. */
export async function storm(
  victims: Victims,
  { until, calmMs = CALM_MS }: { until: AbortSignal; calmMs?: typeof CALM_MS },
): Promise<Done> {
  const done: Done = new Map(Object.keys(BLOWS).map((name) => [name, 0]));
  while (!until.aborted) {
    const name = oneOf(Object.keys(BLOWS));
    await BLOWS[name]?.(victims);
    done.set(name, (done.get(name) ?? 0) + 1);
    await pause(between(calmMs.shortest, calmMs.longest));
  }
  return done;
}

const BLOWS: Record<string, (victims: Victims) => Promise<void>> = {
  async "kill -9"({ frail }) {
    frail.server.kill("SIGKILL");
    await frail.server.stop(); // It is gone; this removes what it left behind.
    await outage();
    frail.server = await frail.startAgain();
  },

  async "instance frozen"({ frail }) {
    frail.server.kill("SIGSTOP");
    await outage();
    frail.server.kill("SIGCONT");
  },

  async "network cut"({ network }) {
    await network.cut();
    await outage();
    await network.mend();
  },

  async "network hushed"({ network }) {
    network.hush();
    await outage();
    // Whoever waits for a word on such a line would wait for ever; devices give it up after a while.
    await network.cut();
    await network.mend();
  },

  async "readers cut off"({ readers }) {
    for (const reader of some(readers)) reader.cut();
  },

  async "readers stalled"({ readers }) {
    const stalled = some(readers);
    for (const reader of stalled) reader.stall();
    await pause(between(STALL_MS.shortest, STALL_MS.longest));
    for (const reader of stalled) reader.flow();
  },
};

const outage = () => pause(between(OUTAGE_MS.shortest, OUTAGE_MS.longest));

const some = (readers: Set<Reader>) => shuffled([...readers]).slice(0, Math.ceil(readers.size / 2));
