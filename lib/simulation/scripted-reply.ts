import { setTimeout as pause } from "node:timers/promises";
import type { Claim } from "#lib/generations/claim";
import type { Reply } from "#lib/generations/run";
import type { Chunk } from "#lib/protocol/event";
import type { Chance } from "./chance.ts";

export const WORDS = 12;

/** Every word says which attempt spoke it, so that one from a replaced attempt is recognised. */
export const wordOf = (attempt: number, index: number) => `${attempt}.${index} `;

/** A model that says its words with pauses of chance, and stops at once when its worker must. */
export function scriptedReply({ pen }: Claim, signal: AbortSignal, chance: Chance): Reply {
  async function* chunks(): AsyncGenerator<Chunk> {
    yield { type: "start-step" };
    yield { type: "text-start", id: "0" };
    for (let index = 0; index < WORDS; index += 1) {
      await pause(chance.below(20), undefined, { signal });
      yield { type: "text-delta", id: "0", delta: wordOf(pen.attempt, index) };
    }
    yield { type: "text-end", id: "0" };
    yield { type: "finish-step" };
  }
  return { chunks: chunks(), usage: Promise.resolve(undefined) };
}
