/** So many letters are drawn in one frame to begin with; how many it can be is found out as they come. */
const LETTERS_AT_FIRST = 100;
const LETTERS_AT_LEAST = 100;
const LETTERS_AT_MOST = 1_000;
/** A frame that missed the next one at 60 a second was late. Where it missed two, it was a long task already. */
const LATE_MS = 25;
/** In each frame, one part in so many of what is undrawn is drawn at least, so that the slowest machine catches up too. */
const BEHIND_FRAMES = 100;

export type Pace = {
  /** How much of what is there and not drawn yet is drawn now. In letters. */
  next(undrawn: number): number;
  /** @param ms since the frame before, in which as much was drawn as could be */
  tookFrame(ms: number): void;
};

/**
 * How much text a page can draw in a frame and still answer to its reader: more each time that a frame is in time, half as
 * much when one is late, which is how TCP finds out what a network carries.
 */
export function createPace(): Pace {
  let letters = LETTERS_AT_FIRST;
  return {
    next: (undrawn) => Math.min(undrawn, Math.max(letters, Math.ceil(undrawn / BEHIND_FRAMES))),
    tookFrame(ms) {
      const wanted = ms > LATE_MS ? letters / 2 : letters * 1.25;
      letters = Math.round(Math.min(LETTERS_AT_MOST, Math.max(LETTERS_AT_LEAST, wanted)));
    },
  };
}

/** So much of a text is drawn next, where some of it is. One that became another text is drawn at once. */
export function grow(drawn: string, text: string, pace: Pace): string {
  if (!text.startsWith(drawn)) return text;
  const end = drawn.length + pace.next(text.length - drawn.length);
  // Half a sign is none.
  return text.slice(0, isHighSurrogate(text.charCodeAt(end - 1)) ? end + 1 : end);
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
