"use client";

import { useRenderedAt } from "#components/workspace/tab-provider";
import { workspaceWords } from "#words/workspace";
import { useClock } from "./use-clock.ts";

const UNITS = [
  { unit: "day", ms: 24 * 60 * 60 * 1000 },
  { unit: "hour", ms: 60 * 60 * 1000 },
  { unit: "minute", ms: 60 * 1000 },
] as const;

const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** How long ago something was, in words; the moment itself is in its tip. */
export function Ago({ words, time }: { words: string; time: string }) {
  const nowMs = useClock(useRenderedAt());
  return (
    <time dateTime={time} title={time}>
      {words} {ago(nowMs - Date.parse(time))}
    </time>
  );
}

function ago(ms: number): string {
  const largest = UNITS.find((candidate) => ms >= candidate.ms);
  return largest ? format.format(-Math.floor(ms / largest.ms), largest.unit) : workspaceWords.justNow;
}
