import { type RefObject, useCallback, useEffect, useEffectEvent, useRef } from "react";
import { moved, type Swipe, shareOut, staysOpen, type Touch } from "./swipe.ts";

/** How near the edge of the page a finger must begin. Wider than what systems keep for their own way back. */
const EDGE_PX = 56;
const SETTLE_MS = 160;

type Drawer = { open: boolean; setOpen: (open: boolean) => void };

/**
 * Draws a drawer out from the left edge, and back in, under a finger. It follows the finger as it is; only what it does
 * by itself afterwards is motion, which some do not want.
 */
export function useDrawerSwipe({ open, setOpen }: Drawer) {
  const swipe = useRef<Swipe>(undefined);
  const panel = useRef<HTMLElement>(null);
  const veil = useRef<HTMLElement>(null);

  const show = useCallback(() => {
    if (swipe.current?.kind !== "drawing") return;
    const share = shareOut(swipe.current, widthOf(panel));
    const still = { animation: "none", transition: "none" };
    dress(panel.current, { ...still, transform: `translateX(${(share - 1) * 100}%)` });
    dress(veil.current, { ...still, opacity: String(share) });
  }, []);
  // The finger may be ahead of the drawer, which comes into the page only when it is drawn.
  const attachPanel = useCallback(
    (element: HTMLElement | null) => {
      panel.current = element;
      show();
    },
    [show],
  );
  const attachVeil = useCallback(
    (element: HTMLElement | null) => {
      veil.current = element;
      show();
    },
    [show],
  );

  const onDown = useEffectEvent((event: PointerEvent) => {
    swipe.current = undefined;
    if (event.pointerType !== "touch" || !event.isPrimary || !mayBegin(event, open)) return;
    swipe.current = { kind: "watching", from: touchOf(event), wasOpen: open };
  });

  const onMove = useEffectEvent((event: PointerEvent) => {
    if (!swipe.current || !event.isPrimary) return;
    const before = swipe.current.kind;
    swipe.current = moved(swipe.current, touchOf(event));
    if (swipe.current.kind !== "drawing") return;
    if (before === "watching" && !open) setOpen(true);
    show();
  });

  const onUp = useEffectEvent(() => {
    const ended = swipe.current;
    swipe.current = undefined;
    if (ended?.kind !== "drawing") return;
    const stays = staysOpen(ended, widthOf(panel));
    settle(stays ? 1 : 0, () => (stays ? undress() : setOpen(false)));
  });

  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    document.addEventListener("pointerdown", (event) => onDown(event), { signal });
    document.addEventListener("pointermove", (event) => onMove(event), { signal, passive: true });
    document.addEventListener("pointerup", () => onUp(), { signal });
    document.addEventListener("pointercancel", () => onUp(), { signal });
    return () => left.abort();
  }, []);

  function settle(share: 0 | 1, then: () => void) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return then();
    const transition = `transform ${SETTLE_MS}ms ease-out, opacity ${SETTLE_MS}ms ease-out`;
    dress(panel.current, { transition, transform: `translateX(${(share - 1) * 100}%)` });
    dress(veil.current, { transition, opacity: String(share) });
    setTimeout(then, SETTLE_MS);
  }

  /** Open is what it is without us. The way in is not shown once more. */
  function undress() {
    dress(panel.current, { transition: "", transform: "" });
    dress(veil.current, { transition: "", opacity: "" });
  }

  return { attachPanel, attachVeil };
}

const dress = (element: HTMLElement | null, look: Partial<CSSStyleDeclaration>) =>
  element && Object.assign(element.style, look);

const widthOf = ({ current }: RefObject<HTMLElement | null>) => current?.offsetWidth || innerWidth;

const touchOf = ({ clientX: x, clientY: y, timeStamp: atMs }: PointerEvent): Touch => ({ x, y, atMs });

function mayBegin({ clientX, target }: PointerEvent, open: boolean): boolean {
  if (open) return true;
  if (clientX > EDGE_PX || matchMedia("(min-width: 48rem)").matches || !(target instanceof Element))
    return false;
  // What is over the page, is written in, or scrolls sideways itself, has its own use for a finger.
  return target.closest("main") !== null && !target.closest("textarea, input") && !scrollsSideways(target);
}

function scrollsSideways(target: Element): boolean {
  for (let element: Element | null = target; element && element.localName !== "main"; ) {
    const isWider = element.scrollWidth > element.clientWidth + 1;
    if (isWider && /auto|scroll/.test(getComputedStyle(element).overflowX)) return true;
    element = element.parentElement;
  }
  return false;
}
