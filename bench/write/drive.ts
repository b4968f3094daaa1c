import { setImmediate as breathe, setTimeout as pause } from "node:timers/promises";
import { tokenAt } from "../tokens.ts";
import type { Answer } from "./store.ts";

export type Driven = { tokens: number; characters: number; seconds: number };

/** A model's words come by the network, so a model that has more to say lets others speak now and then. */
const BREATHE_EVERY = 32;
const TICK_MS = 2;

/**
 * Writes answers as fast as the store takes them, some at once, until all are written or the time is over. The
 * clock stops when the last of what was written is durable.
 */
export async function driveFast(
  answers: Answer[],
  { atOnce, tokens, limitMs }: { atOnce: number; tokens: number; limitMs: number },
): Promise<Driven> {
  const startedAtMs = performance.now();
  const isOver = () => performance.now() - startedAtMs > limitMs;
  const waiting = [...answers];
  const sum = { tokens: 0, characters: 0 };

  async function writeOne(answer: Answer): Promise<void> {
    for (let index = 0; index < tokens && !isOver(); index += 1) {
      const token = tokenAt(index);
      await answer.write(token);
      sum.tokens += 1;
      sum.characters += token.length;
      if (index % BREATHE_EVERY === 0) await breathe();
    }
    await answer.end();
  }

  async function writeSome(): Promise<void> {
    for (let answer = waiting.pop(); answer && !isOver(); answer = waiting.pop()) await writeOne(answer);
  }

  await Promise.all(Array.from({ length: atOnce }, writeSome));
  return { ...sum, seconds: (performance.now() - startedAtMs) / 1000 };
}

/** Writes all answers at once, each at the pace of a model. */
export async function drivePaced(
  answers: Answer[],
  { perSecond, forMs, signal }: { perSecond: number; forMs: number; signal: AbortSignal },
): Promise<Driven> {
  const apartMs = 1000 / perSecond;
  const startedAtMs = performance.now();
  const sum = { tokens: 0, characters: 0 };
  // They do not speak in step.
  const speakers = answers.map((answer, index) => ({
    answer,
    said: 0,
    lagMs: (apartMs * index) / answers.length,
  }));
  while (performance.now() - startedAtMs < forMs) {
    const elapsedMs = performance.now() - startedAtMs;
    for (const speaker of speakers) {
      while (speaker.said * apartMs + speaker.lagMs <= elapsedMs) {
        const token = tokenAt(speaker.said);
        await speaker.answer.write(token);
        speaker.said += 1;
        sum.tokens += 1;
        sum.characters += token.length;
      }
    }
    await pause(TICK_MS, undefined, { signal });
  }
  await Promise.all(answers.map((answer) => answer.end()));
  return { ...sum, seconds: (performance.now() - startedAtMs) / 1000 };
}
