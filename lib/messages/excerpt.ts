import { plainText } from "#lib/protocol/plain-text";
import type { Excerpt } from "#lib/protocol/search";
import type { Term } from "./search-terms.ts";

/** How much of a message is shown, in characters, and how much of it before the first hit. */
const LENGTH = 160;
const BEFORE = 40;
/** Within this of the first hit, signs of markdown included, lies what is shown. */
const NEAR = 600;
/** More marks than this are not looked for. */
const HITS_MAX = 20;

/** The words of a message around the first place where it says what was looked for, each such place marked. */
export function excerptOf(text: string, terms: Term[]): Excerpt {
  const pattern = patternOf(terms);
  const near = nearFirst(text, pattern);
  const plain = flatten(plainText(near.text));
  // Signs of markdown are looked for too.
  const flat = pattern && plain.search(pattern) < 0 ? flatten(near.text) : plain;
  const first = pattern ? flat.search(pattern) : -1;
  const from = first <= BEFORE ? 0 : startOfWord(flat, first - BEFORE);
  const to = endOfWord(flat, from + LENGTH);
  const pieces = pattern ? marked(flat.slice(from, to).toWellFormed(), pattern) : [];
  if (pieces.length === 0) pieces.push({ text: flat.slice(from, to).toWellFormed(), hit: false });
  if (from > 0 || near.isCutBefore) pieces.unshift({ text: "… ", hit: false });
  if (to < flat.length || near.isCutAfter) pieces.push({ text: " …", hit: false });
  return pieces;
}

/** What is around the first hit, signs and all. To read the markdown of a whole message could take the server seconds. */
function nearFirst(text: string, pattern: RegExp | undefined) {
  const hit = Math.max(0, pattern ? text.search(pattern) : 0);
  const [from, to] = [Math.max(0, hit - NEAR), Math.min(text.length, hit + NEAR)];
  return { text: text.slice(from, to), isCutBefore: from > 0, isCutAfter: to < text.length };
}

const flatten = (text: string): string => text.replace(/\s+/g, " ").trim();

function marked(text: string, pattern: RegExp): Excerpt {
  const pieces: Excerpt = [];
  let end = 0;
  for (const found of [...text.matchAll(pattern)].slice(0, HITS_MAX)) {
    if (found.index > end) pieces.push({ text: text.slice(end, found.index), hit: false });
    pieces.push({ text: found[0], hit: true });
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), hit: false });
  return pieces;
}

/** Words count from where they begin; what is looked for by its letters counts anywhere. */
function patternOf(terms: Term[]): RegExp | undefined {
  if (terms.length === 0) return undefined;
  const each = terms
    .toSorted((one, other) => other.text.length - one.text.length)
    .map(({ text, hasWords, hasSigns }) => {
      const letters = text.split(" ").map(RegExp.escape).join("\\s+");
      return hasWords && !hasSigns ? `(?<![\\p{L}\\p{N}])${letters}` : letters;
    });
  return new RegExp(each.join("|"), "giu");
}

function startOfWord(text: string, at: number): number {
  const space = text.indexOf(" ", at);
  return space === -1 || space > at + BEFORE / 2 ? at : space + 1;
}

function endOfWord(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(" ", at);
  return space < at - BEFORE ? at : space;
}
