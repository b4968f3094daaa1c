import { msBetween, nowNs } from "../stamp.ts";

/** A reader's ear: hears stamped words, and notes how long each one was on its way. */
export type Ear = {
  hear(text: string, atNs?: bigint): void;
  /** In the order of the words. */
  readonly waysMs: number[];
  /** Words that came twice or out of order. */
  disordered(): number;
};

/** @param leftAt when a word set out on the way that is measured; usually that is what it says itself */
export function createEar(leftAt: (word: string) => bigint = BigInt): Ear {
  const waysMs: number[] = [];
  let rest = "";
  let newest = 0n;
  let disordered = 0;
  return {
    hear(text, atNs = nowNs()) {
      const words = (rest + text).split(" ");
      rest = words.pop() ?? "";
      for (const word of words) {
        waysMs.push(msBetween(leftAt(word), atNs));
        if (BigInt(word) <= newest) disordered += 1;
        else newest = BigInt(word);
      }
    },
    waysMs,
    disordered: () => disordered,
  };
}
