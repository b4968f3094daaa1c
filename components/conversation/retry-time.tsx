"use client";

import { useEffect, useState } from "react";

const TICK_MS = 1_000;
/** What is nearer is counted down; what is farther has a time of the day. */
const COUNTED_MS = 100_000;

/** When something goes out by itself: `It goes out in 40 s.`, or `It goes out at 14:05.` */
export function RetryTime({ atMs }: { atMs: number }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <>{retryWords(atMs, nowMs)}</>;
}

export function retryWords(atMs: number, nowMs: number, locale?: string): string {
  const leftMs = atMs - nowMs;
  if (leftMs <= COUNTED_MS) return `It goes out in ${Math.max(1, Math.ceil(leftMs / 1000))} s.`;
  // The minute after: at the time that is told, it does.
  const time = new Date(Math.ceil(atMs / 60_000) * 60_000);
  return `It goes out at ${time.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" })}.`;
}
