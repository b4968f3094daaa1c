import { bundledLanguages, bundledLanguagesInfo, createHighlighter, type GrammarState } from "shiki";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { codeTheme } from "./code-theme.ts";
import type { ColouredLine } from "./coloured-line.ts";

/** A line, and what the next one goes on from. */
export type ReadLine = ColouredLine & { after: GrammarState | undefined };
export type LineReader = (text: string, before: ReadLine | undefined) => ReadLine;

/** Longer lines are data. */
const LINE_MAX_LENGTH = 2_000;

const aliases = new Map(
  bundledLanguagesInfo.flatMap(({ id, aliases = [] }) => [id, ...aliases].map((name) => [name, id] as const)),
);
const highlighter = createHighlighter({
  themes: [codeTheme],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
});

/** @returns what reads a language line by line; undefined where nobody knows it */
export async function loadReader(language: string): Promise<LineReader | undefined> {
  const id = aliases.get(language.toLowerCase());
  if (id === undefined) return undefined;
  const shiki = await highlighter;
  await shiki.loadLanguage(bundledLanguages[id as keyof typeof bundledLanguages]);
  return (text, before) => {
    const grammarState = before?.after;
    if (text === "" || text.length > LINE_MAX_LENGTH) return { text, pieces: [], after: grammarState };
    const tokens = shiki.codeToTokensBase(text, {
      lang: id as never,
      theme: codeTheme,
      // A grammar makes its expressions when a line first needs them, which takes up to some seconds. A line that ran
      // out of time would stay half coloured for good.
      tokenizeTimeLimit: 0,
      ...(grammarState && { grammarState }),
    });
    return { text, pieces: tokens[0] ?? [], after: shiki.getLastGrammarState(tokens) };
  };
}
