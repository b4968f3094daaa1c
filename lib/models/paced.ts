import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";

type Part = LanguageModelV4StreamPart;
type Held = { delta: Delta; texts: string[]; length: number };
type Delta = Extract<Part, { type: "text-delta" | "reasoning-delta" | "tool-input-delta" }>;

/** This much text is not held back any longer. */
const HELD_MAX_LENGTH = 4 * 1024;

/**
 * The same parts, with deltas in the rhythm in which they can be written down anyway. Every part costs the same on
 * its way through the AI SDK, however little it says, and at fifty words a second for hundreds of answers that is
 * most of what a process does. The first delta, and whatever is not a delta, never waits.
 *
 * @param paceMs how long a delta may wait for the next ones; asked anew each time
 */
export async function* paced(
  parts: AsyncGenerator<Part>,
  { paceMs, now = () => performance.now() }: { paceMs: () => number; now?: () => number },
): AsyncGenerator<Part> {
  let held: Held | undefined;
  let passedAtMs = Number.NEGATIVE_INFINITY;
  let next: Promise<IteratorResult<Part, void>> | undefined;

  const dueInMs = () => passedAtMs + paceMs() - now();
  function* passHeld(): Generator<Part> {
    if (!held) return;
    const { delta, texts } = held;
    held = undefined;
    passedAtMs = now();
    yield texts.length === 1 ? delta : { ...delta, delta: texts.join("") };
  }

  for (;;) {
    next ??= parts.next();
    const news = await (held ? unlessDue(next, dueInMs()) : next);
    if (!news) {
      yield* passHeld();
      continue;
    }
    next = undefined;
    const part = news.value;
    if (!part || !isDelta(part) || !isSame(held?.delta ?? part, part)) yield* passHeld();
    if (!part) return;
    if (!isDelta(part)) {
      yield part;
      continue;
    }
    held ??= { delta: part, texts: [], length: 0 };
    held.texts.push(part.delta);
    held.length += part.delta.length;
    if (held.length >= HELD_MAX_LENGTH || dueInMs() <= 0) yield* passHeld();
  }
}

/** What a provider adds to a delta would be lost among others, so such a one goes alone. */
function isDelta(part: Part): part is Delta {
  const { type } = part;
  const hasText = type === "text-delta" || type === "reasoning-delta" || type === "tool-input-delta";
  return hasText && part.providerMetadata === undefined;
}

function isSame(one: Delta, other: Delta): boolean {
  return one.type === other.type && one.id === other.id;
}

/** The next part, or undefined if the time is up before. */
function unlessDue<Value>(next: Promise<Value>, dueInMs: number): Promise<Value | undefined> {
  if (dueInMs <= 0) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, dueInMs, undefined);
    next.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
