import { EventEmitter } from "node:events";

/** Everything worth observing has a name here. Logs print moments, metrics count them, tests wait for them. */
export type MomentFacts = {
  "generation.claimed": { generationId: string; attempt: number };
  "generation.ended": { generationId: string; outcome: string; error?: unknown };
  "lease.lost": { generationId: string; attempt: number };
  "log.append-failed": { error: unknown };
  "listen.up": Record<never, never>;
  "listen.down": { error: unknown };
  /** Who may still hold a line could not be asked. */
  "access.unknown": { error: unknown };
  /** What was asked of a model beside an answer came to nothing, and nobody waits for it. */
  "aside.failed": { error: unknown };
  "worker.failed": { error: unknown };
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
