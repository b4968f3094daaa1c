import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "postgres";
import { loadSnapshot } from "#lib/conversations/load-snapshot";
import type { ConversationEntry, Snapshot } from "#lib/protocol/event";
import { fold } from "#lib/protocol/fold";
import type { Chance } from "./chance.ts";
import type { SimulatedProcess } from "./simulated-process.ts";

export type SimulatedReader = { snapshot(): Snapshot | undefined; stop(): Promise<void> };

const FOREVER_MS = 600_000;

/**
 * A device that looks at a conversation: it takes a snapshot once, then follows from its number on, now through one
 * process, now through another, hanging up and coming back as chance will. It never loads a second snapshot.
 * After `visits` it stays: from then on only a wake-up brings it on.
 */
export function startSimulatedReader({
  accountId,
  conversationId,
  chance,
  visits,
  anyProcess,
  witness,
  onError,
}: {
  accountId: string;
  conversationId: string;
  chance: Chance;
  visits: number;
  anyProcess(): SimulatedProcess;
  /** A connection of nobody's, to see what is committed. */
  witness: Sql;
  onError(error: unknown): void;
}): SimulatedReader {
  const leaving = new AbortController();
  let snapshot: Snapshot | undefined;

  async function read(): Promise<void> {
    for (let visit = 1; !leaving.signal.aborted; visit += 1) {
      const process = anyProcess();
      const cut = new AbortController();
      const looking = look(process, cut.signal, visit < visits ? 50 + chance.below(500) : FOREVER_MS);
      await Promise.race([looking, process.died]).catch((error) => {
        if (!process.isDead()) onError(error);
      });
      // What a dead process still had to say is not heard any more.
      cut.abort();
      await pause(chance.below(10));
    }
  }

  async function look({ deps, log }: SimulatedProcess, cut: AbortSignal, lookMs: number): Promise<void> {
    if (!snapshot) {
      const loaded = await loadSnapshot(deps.database, { accountId, conversationId });
      // It took so long that the process is gone: the next look has one of its own by now.
      if (cut.aborted) return;
      snapshot = loaded;
    }
    const hangUp = AbortSignal.any([leaving.signal, cut, AbortSignal.timeout(lookMs)]);
    const places = [{ logId: conversationId, after: snapshot.sequence }];
    for await (const item of log.follow({ places, signal: hangUp })) {
      if (item.kind === "reset") throw new Error(`a reader at ${snapshot.sequence} was sent away`);
      if (item.kind !== "entries") continue;
      for (const { first, sequence, text } of item.entries) {
        await mustBeCommitted(sequence);
        // A slow device is behind when the next entries come, and several of them come together.
        if (chance.next() < 0.3) await pause(chance.below(80));
        if (cut.aborted) return;
        const entry: ConversationEntry = { first, sequence, event: JSON.parse(text) };
        if (sequence <= snapshot.sequence) throw new Error(`${sequence} was told twice`);
        snapshot = fold(snapshot, entry);
      }
    }
  }

  async function mustBeCommitted(sequence: number): Promise<void> {
    const rows =
      await witness`select from entries where log_id = ${conversationId} and sequence = ${sequence}`;
    if (rows.length === 0) throw new Error(`${sequence} was told before it was committed`);
  }

  const reading = read();
  return {
    snapshot: () => snapshot,
    async stop() {
      leaving.abort();
      await reading;
    },
  };
}
