"use client";

import { useEffect } from "react";

/** What hides less is no keyboard, but a bar of the browser that comes and goes. */
const KEYBOARD_LEAST_PX = 120;

/**
 * Keeps the page above a keyboard of glass. Most browsers take the keyboard's room from the page when they are asked
 * to; Safari lays it over the page, and only says how much of it can still be seen.
 */
export function AboveKeyboard() {
  useEffect(() => {
    const seen = window.visualViewport;
    if (!seen) return;
    const { style } = document.documentElement;
    const fit = () => {
      const isCovered = seen.scale === 1 && window.innerHeight - seen.height > KEYBOARD_LEAST_PX;
      if (!isCovered) return style.removeProperty("--page-height");
      style.setProperty("--page-height", `${seen.height}px`);
      // It has moved the page to show the field, which now stands in sight by itself.
      window.scrollTo(0, 0);
    };
    seen.addEventListener("resize", fit);
    return () => {
      seen.removeEventListener("resize", fit);
      style.removeProperty("--page-height");
    };
  }, []);
  return null;
}
