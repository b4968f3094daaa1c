import { EventEmitter } from "node:events";
import type { Outcome } from "#lib/protocol/event";

/** What is kept for a while and then cleared away. */
export type Kept = "entries" | "files" | "conversations" | "guests";

/** Everything worth observing has a name here. Logs print moments, metrics count them, tests wait for them. */
export type MomentFacts = {
  "generation.claimed": { generationId: string; attempt: number };
  /** `code` and `error`: why it failed. `tookMs`: since its first attempt began. */
  "generation.ended": {
    generationId: string;
    outcome: Outcome;
    model: string;
    tookMs: number;
    code?: string;
    error?: unknown;
  };
  "lease.lost": { generationId: string; attempt: number };
  "log.append-failed": { error: unknown };
  /** What `writers` generations had to say went to Postgres in one statement. */
  "log.flushed": { writers: number; bytes: number; tookMs: number };
  /** A reader got entries out of memory, so long after this process knew them. */
  "log.delivered": { lagMs: number };
  "line.opened": Record<never, never>;
  /** `reason`: what it was told; absent where its reader left. */
  "line.ended": { reason?: string; heldMs: number };
  "listen.up": { isPooled: boolean };
  "listen.down": { error: unknown };
  /** Who may still hold a line could not be asked. */
  "access.unknown": { error: unknown };
  /** What was asked of a model beside an answer came to nothing, and nobody waits for it. */
  "aside.failed": { error: unknown };
  "worker.failed": { error: unknown };
  /** Whoever asked could not help it, and was told no more than that. */
  "request.failed": { error: unknown };
  /** A batch of what was kept long enough is gone. */
  "retention.deleted": { what: Kept; count: number };
  /** All that is kept for a while was looked at; so much of it went. */
  "retention.passed": { deleted: Partial<Record<Kept, number>>; tookMs: number };
  "retention.failed": { what: Kept; error: unknown };
  "models.unknown": { baseUrl: string; error: unknown };
  /** A server has tools for the model, or has them again. */
  "tools.up": { server: string; tools: number };
  "tools.down": { server: string; error: unknown };
  /** Nobody could be asked to go on with what this process has left. Whoever comes next will. */
  "summon.failed": { error: unknown };
  /** It claims nothing more. Answers that are in flight may end until then. */
  "worker.stopping": { answers: number; graceMs: number };
};

export type Moments = {
  emit<Name extends keyof MomentFacts>(name: Name, facts: MomentFacts[Name]): void;
  on<Name extends keyof MomentFacts>(name: Name, listener: (facts: MomentFacts[Name]) => void): () => void;
};

export function createMoments(): Moments {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    emit: (name, facts) => void emitter.emit(name, facts),
    on(name, listener) {
      emitter.on(name, listener);
      return () => emitter.off(name, listener);
    },
  };
}
