"use client";

import { useLayoutEffect } from "react";
import { InlineScript } from "#components/ui/inline-script";
import { applyPreferences } from "./preference.ts";
import { applyKept } from "./use-preference.ts";

/** Stands in the head, so that the kept look is there before anything is painted. */
export function ApplyLook() {
  // A page that only the browser draws, as one that is not found, runs no scripts of its own.
  useLayoutEffect(applyKept, []);
  return <InlineScript code={applyPreferences} />;
}
