import { useEffect, useRef, useState } from "react";
import type { ColouredLine, Piece } from "./highlighter.ts";

export type { Piece };
export type CodeLine = { text: string; pieces?: Piece[] };

const NONE: ColouredLine[] = [];

/** The lines of the code, coloured as far as that is done. Plain text comes first, on the server too. */
export function useHighlighted(code: string, language: string): CodeLine[] {
  const [done, setDone] = useState({ language, lines: NONE });
  const newest = useRef(done);

  useEffect(() => {
    let current = true;
    const show = (lines: ColouredLine[]) => {
      if (!current) return false;
      newest.current = { language, lines };
      setDone(newest.current);
      return true;
    };
    const known = newest.current.language === language ? newest.current.lines : NONE;
    // Without the highlighter the code stays as it is: plain, and complete.
    loadHighlighter().then((highlighter) => {
      if (current) highlighter?.colour({ code, language, known, show });
    });
    return () => {
      current = false;
    };
  }, [code, language]);

  return mergeLines(code, done.language === language ? done.lines : NONE);
}

/**
 * Colours arrive a moment after the text. Every line that has not changed since keeps its colours,
 * so that code which is being written does not blink.
 */
export function mergeLines(code: string, done: ColouredLine[]): CodeLine[] {
  return code.split("\n").map((text, index) => {
    const line = done[index];
    return line?.text === text && line.pieces.length > 0 ? { text, pieces: line.pieces } : { text };
  });
}

let highlighter: Promise<typeof import("./highlighter.ts") | undefined> | undefined;

function loadHighlighter() {
  highlighter ??= import("./highlighter.ts").catch(() => {
    highlighter = undefined; // It is asked for again with the next piece of code.
    return undefined;
  });
  return highlighter;
}
