import type { Page } from "@playwright/test";

export type Recorded = {
  /** How long each task took that was felt, from the first on. */
  longTasksMs: number[];
  frames: number;
  /** Frames that came later than two should have. */
  lateFrames: number;
  longestFrameMs: number;
};

/** Writes down, from before a page's first script on, what keeps it from answering to its reader. */
export async function record(page: Page): Promise<{ forget(): Promise<void>; read(): Promise<Recorded> }> {
  await page.addInitScript(startRecording);
  return {
    forget: () => page.evaluate(forgetAll),
    read: () => page.evaluate(readAll),
  };
}

/** One line for whoever reads the report. */
export const inWords = ({ longTasksMs, frames, lateFrames, longestFrameMs }: Recorded): string =>
  `${longTasksMs.length} long tasks, the longest ${Math.round(Math.max(0, ...longTasksMs))} ms; ` +
  `${frames} frames, ${lateFrames} of them late, the longest ${Math.round(longestFrameMs)} ms`;

// Runs in the page.
function startRecording(): void {
  const LATE_MS = 34;
  const notes: Recorded = { longTasksMs: [], frames: 0, lateFrames: 0, longestFrameMs: 0 };
  Object.assign(window, { recorded: notes });
  new PerformanceObserver((list) => {
    notes.longTasksMs.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: "longtask", buffered: true });
  let before = performance.now();
  const look = (now: number) => {
    notes.frames += 1;
    notes.longestFrameMs = Math.max(notes.longestFrameMs, now - before);
    if (now - before > LATE_MS) notes.lateFrames += 1;
    before = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

// Runs in the page.
function forgetAll(): void {
  const { recorded } = window as unknown as { recorded: Recorded };
  Object.assign(recorded, { longTasksMs: [], frames: 0, lateFrames: 0, longestFrameMs: 0 });
}

// Runs in the page.
function readAll(): Recorded {
  return (window as unknown as { recorded: Recorded }).recorded;
}
