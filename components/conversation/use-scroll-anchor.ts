import { useState, useSyncExternalStore } from "react";

/** Where a scrolling element is: what is above, what there is, what is seen. In pixels. */
export type Place = { top: number; height: number; view: number };

/** Coming back this near to the end is meant as the end. */
const NEAR_END_PX = 32;
/** Zoomed pages scroll by fractions of a pixel. */
const AT_END_PX = 1.5;
/** What moves for so long after a hand, it may have moved. */
const HAND_MS = 1_000;
const HANDS = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/**
 * Whether a reader stays with the end. Going up, however little, lets go at once, so that arriving words
 * never pull against a finger; coming down to the end takes hold again.
 *
 * @param byHand whether a wheel, a finger or a key was moved a moment ago
 */
export function staysAtEnd(held: boolean, before: Place, now: Place, byHand: boolean): boolean {
  const toEnd = distanceToEnd(now);
  if (toEnd <= AT_END_PX) return true;
  // The element shrank or was given more room, and the browser moved it: that was not the reader.
  if (now.height < before.height || now.view !== before.view) return held;
  // It shrank, was moved, and grew again before that was told. Further than that go a search and a screen reader.
  if (!byHand && now.height > before.height && before.top - now.top < now.view) return held;
  if (now.top < before.top) return false;
  if (now.top > before.top) return held || toEnd <= NEAR_END_PX;
  return held;
}

function distanceToEnd({ top, height, view }: Place): number {
  return height - view - top;
}

/**
 * Keeps a scrolling element at its end while it grows, until its reader goes up. It is ours, because `use-stick-to-bottom`
 * passes over what was scrolled in a frame in which the text grew, and while words arrive that is nearly each: a finger
 * that goes up is held. It also begins only with its script, and here the page from the server is at its end before.
 */
export function useScrollAnchor() {
  const [anchor] = useState(createScrollAnchor);
  const away = useSyncExternalStore(anchor.subscribe, anchor.isAway, () => false);
  return { attach: anchor.attach, toEnd: anchor.toEnd, letGo: anchor.letGo, away };
}

function createScrollAnchor() {
  const listeners = new Set<() => void>();
  let scroller: HTMLElement | undefined;
  let place: Place = { top: 0, height: 0, view: 0 };
  let held = true;
  let away = false;
  let handAtMs = Number.NEGATIVE_INFINITY;

  function look() {
    if (!scroller) return;
    place = { top: scroller.scrollTop, height: scroller.scrollHeight, view: scroller.clientHeight };
    const wasAway = away;
    away = !held && distanceToEnd(place) > NEAR_END_PX;
    if (away !== wasAway) for (const tell of listeners) tell();
  }

  function toEnd() {
    held = true;
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
    look();
  }

  /** For who is taken elsewhere than to the end. */
  function letGo() {
    held = false;
  }

  function onHand({ timeStamp }: Event) {
    handAtMs = timeStamp;
  }

  function onScroll() {
    if (!scroller) return;
    const now = { top: scroller.scrollTop, height: scroller.scrollHeight, view: scroller.clientHeight };
    held = staysAtEnd(held, place, now, performance.now() - handAtMs < HAND_MS);
    look();
  }

  /** Whoever opens something wants to read it where it is. */
  function onClick(event: Event) {
    if (event.target instanceof Element && event.target.closest("summary")) held = false;
  }

  function attach(element: HTMLElement | null) {
    if (!element) return;
    scroller = element;
    // A page from the server may have been scrolled before this script came.
    if (element.scrollTop === 0) toEnd();
    else onScroll();
    // Both are observed: the words that arrive, and the room that a keyboard takes.
    const observer = new ResizeObserver(() => (held ? toEnd() : look()));
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener("scroll", onScroll, { passive: true });
    element.addEventListener("click", onClick);
    for (const hand of HANDS) element.addEventListener(hand, onHand, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("click", onClick);
      for (const hand of HANDS) element.removeEventListener(hand, onHand);
      scroller = undefined;
    };
  }

  return {
    attach,
    toEnd,
    letGo,
    isAway: () => away,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
