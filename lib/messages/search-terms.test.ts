import { expect, test } from "vitest";
import { asPattern, asPrefix, termsOf } from "./search-terms.ts";

const texts = (typed: string) => termsOf(typed).map(({ kind, text }) => `${kind} ${text}`);

test("words and phrases are told apart, and a quote that is open reaches to the end", () => {
  expect(texts('red  "blue  green" x')).toEqual(["word red", "phrase blue green", "word x"]);
  expect(texts('red "blue gre')).toEqual(["word red", "phrase blue gre"]);
  expect(texts('"" " " \t')).toEqual([]);
  expect(texts('a"b"c')).toEqual(["word a", "phrase b", "word c"]);
});

test("what the index of words does not know is looked for by its letters", () => {
  const [word, signs, none, han, quoted] = termsOf('it\'s c++ %% 秋は "no, thanks"');
  expect(word).toMatchObject({ hasWords: true, hasSigns: false });
  expect(signs).toMatchObject({ hasWords: true, hasSigns: true });
  expect(none).toMatchObject({ hasWords: false, hasSigns: true });
  expect(han).toMatchObject({ hasWords: false, hasSigns: false });
  expect(quoted).toMatchObject({ hasWords: true, hasSigns: false });
});

test("nothing that is typed has a meaning of its own", () => {
  expect(asPrefix("it's \\ :* & |")).toBe("'it''s \\\\ :* & |':*");
  expect(asPattern("100%_\\")).toBe("%100\\%\\_\\\\%");
});
