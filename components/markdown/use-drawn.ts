import { useEffect, useReducer, useRef } from "react";
import { browserFrame } from "#lib/client/frame";
import { createPace, grow } from "./pace.ts";

/** A frame that comes later than this was not the next one: nothing was drawn for a while. */
const NEXT_FRAME_MS = 500;

/** What a machine can do is the same for all texts of a page. */
const pace = createPace();

/**
 * How much of a text is drawn now. What comes in one piece and is more than a frame can take is drawn over several, so that
 * the page is never busy for long; all else is drawn as it comes. A text that is there when it is first drawn, or that
 * became another one, is drawn at once, and so is all of it while nobody looks.
 */
export function useDrawn(text: string): string {
  const drawn = useRef(text);
  const drawnAtMs = useRef(0);
  const [, drawMore] = useReducer((turn: number) => turn + 1, 0);
  const isSeen = typeof document !== "undefined" && !document.hidden;
  const now = isSeen ? grow(drawn.current, text, pace) : text;

  useEffect(() => {
    drawn.current = now;
    if (now === text) {
      drawnAtMs.current = 0;
      return;
    }
    const ms = performance.now() - drawnAtMs.current;
    if (ms < NEXT_FRAME_MS) pace.tookFrame(ms);
    drawnAtMs.current = performance.now();
    return browserFrame(drawMore);
  }, [now, text]);

  return now;
}
