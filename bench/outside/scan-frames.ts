/** What one reader has seen of one log, as plain counts. */
export type Seen = {
  /** The last sequence that it has. */
  sequence: number;
  /** Places where a sequence was left out, and where one came that was there already. */
  gaps: number;
  doubles: number;
  /** The same of the words: every word says its number in the answer. */
  lostWords: number;
  doubledWords: number;
  /** The last word of the answer that is being written. */
  word: number;
  entries: number;
  isCaughtUp: boolean;
  /** Attempts that began anew, and generations that ended. */
  attempts: number;
  ends: number;
  byes: number;
};

export const nothingSeen = (): Seen => ({
  sequence: 0,
  gaps: 0,
  doubles: 0,
  lostWords: 0,
  doubledWords: 0,
  word: 0,
  entries: 0,
  isCaughtUp: false,
  attempts: 0,
  ends: 0,
  byes: 0,
});

/** Called for each word. `stamp` is what was written into it, or undefined where nothing was. */
export type OnWord = (stamp: number | undefined) => void;

/**
 * Reads frames off the wire at the cost of a few searches each, because it runs on the same cores as what it
 * measures. It looks at numbers and words alone; that the rest is well-formed is for the tests to say.
 */
export function scanFrames(seen: Seen, onWord: OnWord): (piece: string) => void {
  // Pieces of a frame whose end has not come. They are joined once: a frame may be megabytes long.
  let waiting: string[] = [];
  return (piece) => {
    const isCutInTwo = piece.startsWith("\n") && waiting.at(-1)?.endsWith("\n");
    waiting.push(piece);
    if (!isCutInTwo && !piece.includes("\n\n")) return;
    const text = waiting.join("");
    let from = 0;
    for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n", from)) {
      scanFrame(seen, text.slice(from, end), onWord);
      from = end + 2;
    }
    waiting = from < text.length ? [text.slice(from)] : [];
  };
}

function scanFrame(seen: Seen, frame: string, onWord: OnWord): void {
  if (frame.startsWith("id: ")) scanEntry(seen, frame, onWord);
  else if (frame.startsWith("event: caught-up")) seen.isCaughtUp = true;
  else if (frame.startsWith("event: bye")) seen.byes += 1;
  // Nothing here deletes entries, and no reader asks above the head: the server has lost something.
  else if (frame.startsWith("event: reset")) seen.gaps += 1;
}

const FIRST = '"first":';
const SEQUENCE = '"sequence":';
const EVENT = '"event":{"type":"';
const DELTA = '"delta":"';

function scanEntry(seen: Seen, frame: string, onWord: OnWord): void {
  const first = numberAt(frame, frame.indexOf(FIRST) + FIRST.length);
  const sequence = numberAt(frame, frame.indexOf(SEQUENCE) + SEQUENCE.length);
  if (first > seen.sequence + 1) seen.gaps += 1;
  if (first <= seen.sequence) seen.doubles += 1;
  seen.sequence = sequence;
  seen.entries += 1;
  const type = frame.indexOf(EVENT) + EVENT.length;
  if (frame.startsWith("chunk", type)) scanChunks(seen, frame, onWord);
  else if (frame.startsWith("generation-end", type)) seen.ends += 1;
  else if (frame.startsWith("generation-start", type)) seen.word = 0;
  else if (frame.startsWith("attempt-start", type)) {
    seen.attempts += 1;
    // What the attempt before it said is dropped, and the answer begins again.
    seen.word = 0;
  }
}

function scanChunks(seen: Seen, frame: string, onWord: OnWord): void {
  for (let delta = frame.indexOf(DELTA); delta !== -1; delta = frame.indexOf(DELTA, delta)) {
    delta += DELTA.length;
    const end = frame.indexOf('"', delta);
    for (const word of frame.slice(delta, end).split(" ")) if (word !== "") scanWord(seen, word, onWord);
    delta = end;
  }
}

/** `57` as the demo model counts, or `57:81234` with a time of the outside world's clock. Filling may follow. */
function scanWord(seen: Seen, word: string, onWord: OnWord): void {
  const number = numberAt(word, 0);
  if (number > seen.word + 1) seen.lostWords += number - seen.word - 1;
  if (number <= seen.word) seen.doubledWords += 1;
  seen.word = number;
  const colon = word.indexOf(":");
  onWord(colon === -1 ? undefined : numberAt(word, colon + 1));
}

const ZERO = 48;

function numberAt(text: string, from: number): number {
  let value = 0;
  for (let at = from; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return value;
}
