import type { CodeHighlighterPlugin, HighlightResult } from "@streamdown/code";
import { useEffect, useState } from "react";
import { codeTheme } from "./code-theme.ts";

export type Token = HighlightResult["tokens"][number][number];
export type CodeLine = { text: string; tokens?: Token[] };

/** The lines of the code, coloured as far as that is done. Plain text comes first, on the server too. */
export function useHighlighted(code: string, language: string, incomplete: boolean): CodeLine[] {
  const [done, setDone] = useState<{ code: string; tokens: Token[][] }>({ code: "", tokens: [] });

  useEffect(() => {
    let current = true;
    const colour = (highlighter: CodeHighlighterPlugin) => {
      if (!highlighter.supportsLanguage(language as never)) return;
      const show = ({ tokens }: HighlightResult) => current && setDone({ code, tokens });
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
export function mergeLines(code: string, done: { code: string; tokens: Token[][] }): CodeLine[] {
  const coloured = done.code.split("\n");
  return code.split("\n").map((text, index) => {
    const tokens = done.tokens[index];
    return tokens && coloured[index] === text ? { text, tokens } : { text };
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
