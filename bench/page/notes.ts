import type { Page } from "@playwright/test";

/** What a page writes down about itself. Times are its own, from when it was asked for. */
export type Notes = {
  firstPaintMs: number;
  /** The last time that something larger than all before was painted. */
  largestPaintMs: number;
  /** When Enter was pressed last. */
  enteredMs: number;
  /** When the first word of the answer to that was on the screen. */
  firstWordMs: number;
  longTasksMs: number[];
  frames: number;
};

export const notesOf = (page: Page): Promise<Notes> =>
  page.evaluate(() => (window as unknown as { notes: Notes }).notes);

/** Begins anew with what happens from now on. */
export const forgetTasks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { notes } = window as unknown as { notes: Notes };
    notes.longTasksMs = [];
    notes.frames = 0;
  });

/** Runs in the page, before anything else does. */
export function noteInPage(): void {
  const notes: Notes = {
    firstPaintMs: 0,
    largestPaintMs: 0,
    enteredMs: 0,
    firstWordMs: 0,
    longTasksMs: [],
    frames: 0,
  };
  Object.assign(window, { notes });
  const observe = (type: string, each: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });

  observe("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") notes.firstPaintMs = startTime;
  });
  observe("largest-contentful-paint", ({ startTime }) => {
    notes.largestPaintMs = startTime;
  });
  observe("longtask", ({ duration }) => notes.longTasksMs.push(duration));

  const answers = () => [...document.querySelectorAll('[aria-label="Answer"] > div > .answer')];
  let answersBefore = 0;
  let isAwaited = false;
  new MutationObserver(() => {
    if (!isAwaited) return;
    const newest = answers()[answersBefore];
    if (!newest?.textContent) return;
    isAwaited = false;
    // A frame's callbacks come before it is painted; what they put off comes after.
    requestAnimationFrame(() => {
      setTimeout(() => {
        notes.firstWordMs = performance.now();
      });
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });

  addEventListener(
    "keydown",
    ({ key }) => {
      if (key !== "Enter") return;
      notes.enteredMs = performance.now();
      answersBefore = answers().length;
      isAwaited = true;
    },
    true,
  );

  const countFrame = () => {
    notes.frames += 1;
    requestAnimationFrame(countFrame);
  };
  requestAnimationFrame(countFrame);
}
