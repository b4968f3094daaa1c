import { useEffect, useRef, useState } from "react";
import type { ColouredLine, Piece } from "./coloured-line.ts";
import { beginColouring, type Colouring } from "./colouring.ts";

export type CodeLine = { text: string; pieces?: Piece[] };

const NONE: ColouredLine[] = [];

/** The lines of the code, coloured as far as that is done. Plain text comes first, on the server too. */
export function useHighlighted(code: string, language: string): CodeLine[] {
  const [done, setDone] = useState(NONE);
  const colouring = useRef<Colouring>(undefined);

  useEffect(() => {
    colouring.current = beginColouring(setDone);
    return () => colouring.current?.end();
  }, []);

  useEffect(() => colouring.current?.ask(code, language), [code, language]);

  return mergeLines(code, done);
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
