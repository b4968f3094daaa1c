/** What is looked for: a word as it begins, or a phrase word for word. */
export type Term = {
  text: string;
  kind: "word" | "phrase";
  /** Whether the index of words can find it. Else it is looked for letter by letter. */
  hasWords: boolean;
  /** Whether it holds what the index knows nothing of, so that it is looked for letter by letter too. */
  hasSigns: boolean;
};

/** Scripts that put no spaces between words: there the index takes whole sentences for words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LETTER = /[\p{L}\p{N}]/u;
/** What may stand beside words without being meant. */
const SIGN = /[^\p{L}\p{N}\p{M}\s\-'’.,;:!?()"]/u;
/** A word, or what stands between quotes; a quote that is still open reaches to the end. */
const TERM = /"([^"]*)"?|([^\s"]+)/g;

/** Reads what somebody typed. Nothing that can be typed is wrong. */
export function termsOf(typed: string): Term[] {
  return [...typed.matchAll(TERM)].flatMap(([, phrase, word]) => {
    const text = (phrase ?? word ?? "").replace(/\s+/g, " ").trim();
    if (text === "") return [];
    const hasWords = LETTER.test(text) && !UNSPACED.test(text);
    return { text, kind: phrase === undefined ? "word" : "phrase", hasWords, hasSigns: SIGN.test(text) };
  });
}

/** As `to_tsquery` reads one word that has just begun: in quotes it takes every character as it is. */
export const asPrefix = (word: string): string => `'${word.replace(/['\\]/g, "$&$&")}':*`;

/** A pattern for `like` that holds a text as it is. */
export const asPattern = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
