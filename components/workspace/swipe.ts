/** Where a finger is, in pixels, and when, in milliseconds. */
export type Touch = { x: number; y: number; atMs: number };

/** A finger near a drawer: it may mean it or not, it draws it, or it means something else. */
export type Swipe =
  | { kind: "watching"; from: Touch; wasOpen: boolean }
  | { kind: "drawing"; from: Touch; wasOpen: boolean; last: Touch; speed: number }
  | { kind: "other" };

/** Before so much it may be a tap. */
const SLOP_PX = 10;
/** Faster than this, in pixels a millisecond, the direction counts and not the place. */
const FLICK = 0.35;
/** How much the newest move counts in the speed: a finger trembles. */
const NEWEST_SHARE = 0.6;

export function moved(swipe: Swipe, touch: Touch): Swipe {
  if (swipe.kind === "other") return swipe;
  if (swipe.kind === "drawing") {
    const passedMs = Math.max(1, touch.atMs - swipe.last.atMs);
    const speed = (touch.x - swipe.last.x) / passedMs;
    return {
      ...swipe,
      last: touch,
      speed: NEWEST_SHARE * speed + (1 - NEWEST_SHARE) * swipe.speed,
    };
  }
  const { from, wasOpen } = swipe;
  const along = (touch.x - from.x) * (wasOpen ? -1 : 1);
  const across = Math.abs(touch.y - from.y);
  if (Math.max(Math.abs(along), across) < SLOP_PX) return swipe;
  return along > across ? { kind: "drawing", from, wasOpen, last: touch, speed: 0 } : { kind: "other" };
}

/** How far the drawer is out, from 0 to 1, under a finger that draws it. */
export function shareOut({ from, last, wasOpen }: Swipe & { kind: "drawing" }, widthPx: number): number {
  const share = (wasOpen ? 1 : 0) + (last.x - from.x) / widthPx;
  return Math.min(1, Math.max(0, share));
}

/** Whether it stays open when the finger lets go. */
export function staysOpen(swipe: Swipe & { kind: "drawing" }, widthPx: number): boolean {
  if (Math.abs(swipe.speed) > FLICK) return swipe.speed > 0;
  return shareOut(swipe, widthPx) > 0.5;
}
