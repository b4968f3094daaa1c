/** An element of an array that is read in pieces may be so large, and no larger. */
export const ELEMENT_MAX_BYTES = 64 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** What may stand before all else in UTF-8, and says nothing. */
const MARK = new Set([0xef, 0xbb, 0xbf]);

/** It is no JSON array and no JSON object, or breaks off. */
export class NotJson extends Error {
  readonly code = "not-json";

  constructor(detail: string) {
    super(detail);
    this.name = "NotJson";
  }
}

/**
 * Takes a JSON array apart into its elements while it is read, so that one of any length needs no more memory than
 * its largest element. What is no array is its own only element. It looks for where elements end and does not parse
 * them: one that is broken within is the one that fails.
 */
export function createElementSplitter(maxBytes = ELEMENT_MAX_BYTES) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true });
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let isArray: boolean | undefined;
  let isOver = false;

  function keep(piece: Uint8Array) {
    bytes += piece.byteLength;
    if (bytes > maxBytes)
      throw new NotJson(`One part of the file is larger than ${maxBytes / 1024 / 1024} MiB.`);
    // A copy: whoever reads may use the same memory for what comes next.
    if (piece.byteLength > 0) pieces.push(piece.slice());
  }

  function take(): string[] {
    const whole = new Uint8Array(bytes);
    let place = 0;
    for (const piece of pieces) {
      whole.set(piece, place);
      place += piece.byteLength;
    }
    pieces = [];
    bytes = 0;
    const element = text.decode(whole).trim();
    return element === "" ? [] : [element];
  }

  /** Where the string ends in which we are, or the piece: nearly all of a conversation is strings, so this is quick. */
  function skipString(piece: Uint8Array, from: number): number {
    const quote = piece.indexOf(QUOTE, from);
    const end = quote < 0 ? piece.byteLength : quote;
    let slashes = 0;
    while (end - slashes > from && piece[end - slashes - 1] === BACKSLASH) slashes++;
    const isEscaped = (slashes + (slashes === end - from && escaped ? 1 : 0)) % 2 === 1;
    escaped = quote < 0 && isEscaped;
    if (quote >= 0 && !isEscaped) inString = false;
    return end;
  }

  /** Where the first thing stands that is no white space; the mark of UTF-8 before it is passed over. */
  function begin(piece: Uint8Array): number {
    const first = piece.findIndex((byte) => byte > 0x20 && !MARK.has(byte));
    if (first < 0) return piece.byteLength;
    const letter = String.fromCharCode(piece[first] ?? 0);
    if (letter !== "[" && letter !== "{") throw new NotJson("The file is no JSON, or not from an export.");
    isArray = letter === "[";
    return isArray ? first + 1 : first;
  }

  return {
    /** More of the file. Returns the elements that it completes, each as its text. */
    push(piece: Uint8Array): string[] {
      const elements: string[] = [];
      let from = 0;
      if (isArray === undefined) {
        from = begin(piece);
        if (isArray === undefined) return [];
      }
      for (let at = from; at < piece.byteLength && !isOver; at++) {
        const byte = piece[at] ?? 0;
        if (inString) {
          at = skipString(piece, at);
        } else if (byte === QUOTE) inString = true;
        else if (byte === 0x7b || byte === 0x5b) depth++;
        else if (byte === 0x7d || byte === 0x5d) {
          depth--;
          const isEnd = isArray ? depth < 0 : depth === 0;
          if (!isEnd) continue;
          keep(piece.subarray(from, isArray ? at : at + 1));
          elements.push(...take());
          isOver = true;
        } else if (byte === COMMA && depth === 0 && isArray) {
          keep(piece.subarray(from, at));
          elements.push(...take());
          from = at + 1;
        }
      }
      if (!isOver) keep(piece.subarray(from));
      return elements;
    },

    /** There is no more. Throws if there should be. */
    end() {
      if (!isOver) throw new NotJson("The file breaks off before its end.");
    },
  };
}
