/** Calls `act` soon, as with the next frame that is painted. */
export type Schedule = (act: () => void) => void;

/** A hidden tab paints no frames, and its title must still tell that the answer is there. */
const HIDDEN_FRAME_MS = 200;

/** With the next frame; in a tab that is hidden, or becomes so, a little later. */
export const browserFrame: Schedule = (act) => {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    act();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_FRAME_MS);
};

/** However often it is asked for until its time comes, `act` is called once. */
export function gather(schedule: Schedule, act: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    schedule(() => {
      isAsked = false;
      act();
    });
  };
}
