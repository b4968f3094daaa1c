import type { CodeHighlighterPlugin, HighlightResult } from "@streamdown/code";
import { useEffect, useState } from "react";
import { codeTheme } from "./code-theme.ts";

export type Piece = HighlightResult["tokens"][number][number];
/** Code as it was when it was coloured, and the pieces of each line. */
type Coloured = { code: string; lines: Piece[][] };
export type CodeLine = { text: string; pieces?: Piece[] };

/** The lines of the code, coloured as far as that is done. Plain text comes first, on the server too. */
export function useHighlighted(code: string, language: string, incomplete: boolean): CodeLine[] {
  const [done, setDone] = useState<Coloured>({ code: "", lines: [] });

  useEffect(() => {
    let current = true;
    const colour = (highlighter: CodeHighlighterPlugin) => {
      if (!highlighter.supportsLanguage(language as never)) return;
      const show = ({ tokens }: HighlightResult) => current && setDone({ code, lines: tokens });
      const ready = highlighter.highlight(
        { code, language: language as never, isIncomplete: incomplete, themes: highlighter.getThemes() },
        show,
      );
      if (ready) show(ready);
    };
    // Without the highlighter the code stays as it is: plain, and complete.
    loadHighlighter().then((highlighter) => current && highlighter && colour(highlighter));
    return () => {
      current = false;
    };
  }, [code, language, incomplete]);

  return mergeLines(code, done);
}

/**
 * Colours arrive a moment after the text. Every line that has not changed since keeps its colours,
 * so that code which is being written does not blink.
 */
export function mergeLines(code: string, done: Coloured): CodeLine[] {
  const coloured = done.code.split("\n");
  return code.split("\n").map((text, index) => {
    const pieces = done.lines[index];
    return pieces && coloured[index] === text ? { text, pieces } : { text };
  });
}

let highlighter: Promise<CodeHighlighterPlugin | undefined> | undefined;

function loadHighlighter() {
  highlighter ??= import("@streamdown/code").then(
    ({ createCodePlugin }) => createCodePlugin({ themes: [codeTheme, codeTheme] }),
    () => {
      highlighter = undefined;
      return undefined;
    },
  );
  return highlighter;
}
