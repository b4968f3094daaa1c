import { bundledLanguages, bundledLanguagesInfo, createHighlighter, type GrammarState } from "shiki";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { codeTheme } from "./code-theme.ts";

/** A piece of a line that has one colour. */
export type Piece = { content: string; offset: number; color?: string | undefined };
export type ColouredLine = { text: string; pieces: Piece[]; after: GrammarState | undefined };

type Colouring = {
  code: string;
  language: string;
  /** The lines as they were coloured before. As far as they are the same, they are taken as they are. */
  known: ColouredLine[];
  /** Gets all that is coloured so far. @returns whether the rest is still wanted */
  show: (lines: ColouredLine[]) => boolean;
};

/** So long the page may wait for colours, before it is let go on with what else there is to do. */
const SLICE_MS = 8;
/** Longer lines are data. */
const LINE_MAX_LENGTH = 2_000;

/** Thrown where a grammar needs yet another expression and the time is up. What was made by then is kept. */
class TimeIsUp extends Error {}

let until = 0;
/** How many were made since. There is always one, so that it comes to an end however late it is. */
let madeInSlice = 0;
const made = new Map<string, RegExp | Error>();
const engine = createJavaScriptRegexEngine({ forgiving: true, cache: made });

/**
 * A grammar makes its expressions when a line first needs them, which takes up to some seconds. There is no time limit
 * on a line, after which it would stay half coloured for good: instead the line is begun again, with what is made.
 */
const patient: typeof engine = {
  createString: engine.createString,
  createScanner(patterns) {
    for (const pattern of patterns) {
      if (typeof pattern !== "string" || made.has(pattern)) continue;
      if (madeInSlice > 0 && performance.now() > until) throw new TimeIsUp();
      madeInSlice += 1;
      engine.createScanner([pattern]).findNextMatchSync("", 0, 0);
    }
    return engine.createScanner(patterns);
  },
};

const aliases = new Map(
  bundledLanguagesInfo.flatMap(({ id, aliases = [] }) => [id, ...aliases].map((name) => [name, id] as const)),
);
const highlighter = createHighlighter({ themes: [codeTheme], langs: [], engine: patient });

/** Colours code line by line, in slices between which the page is free. A language that is not known has no colours. */
export async function colour({ code, language, known, show }: Colouring): Promise<void> {
  const id = aliases.get(language.toLowerCase());
  if (id === undefined) return;
  const shiki = await highlighter;
  await shiki.loadLanguage(bundledLanguages[id as keyof typeof bundledLanguages]);
  // To make a grammar of what was loaded took long enough.
  await pause();
  const texts = code.split("\n");
  const lines = known.slice(0, sameLines(known, texts));
  beginSlice();
  while (lines.length < texts.length) {
    const line = takeLine(shiki, id, texts[lines.length] ?? "", lines.at(-1)?.after);
    if (line) lines.push(line);
    if (line && performance.now() <= until) continue;
    if (!show([...lines])) return;
    await pause();
    beginSlice();
  }
  show(lines);
}

function beginSlice(): void {
  until = performance.now() + SLICE_MS;
  madeInSlice = 0;
}

/** @returns undefined where the time was up */
function takeLine(
  shiki: Awaited<typeof highlighter>,
  lang: string,
  text: string,
  grammarState: GrammarState | undefined,
): ColouredLine | undefined {
  if (text === "" || text.length > LINE_MAX_LENGTH) return { text, pieces: [], after: grammarState };
  try {
    const tokens = shiki.codeToTokensBase(text, {
      lang: lang as never,
      theme: codeTheme,
      tokenizeTimeLimit: 0,
      ...(grammarState && { grammarState }),
    });
    return { text, pieces: tokens[0] ?? [], after: shiki.getLastGrammarState(tokens) };
  } catch (error) {
    if (error instanceof TimeIsUp) return undefined;
    throw error;
  }
}

function sameLines(known: ColouredLine[], texts: string[]): number {
  const first = known.findIndex(({ text }, index) => text !== texts[index]);
  return first < 0 ? known.length : first;
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve));
