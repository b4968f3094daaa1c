import { useIsReader } from "#components/share/reader";
import { useDevice } from "#components/workspace/tab-provider";
import type { DeviceKind, Generation } from "#lib/protocol/event";
import { shareWords } from "#words/share";

/** How the making of an answer stands, in a few quiet words. An answer that simply ended has none. */
export function GenerationStatus({ generation, stopping }: { generation: Generation; stopping: boolean }) {
  const device = useDevice();
  const isReader = useIsReader();
  const own = stopping ? "Stopping…" : wordsFor(generation, device);
  const words = isReader && generation.status === "running" ? shareWords.answering : own;
  return words && <p className="px-2 text-ink-faint text-xs">{words}</p>;
}

function wordsFor(generation: Generation, device: DeviceKind | undefined): string | undefined {
  const { status, attempt } = generation;
  const isContinued = attempt > 1;
  const continued = "Continued after a restart.";
  switch (status) {
    case "queued":
      return "Waiting for its turn.";
    case "running":
      return isContinued ? `${continued} Safe to close.` : "Answering on the server. Safe to close.";
    case "cancelled":
      return stoppedWords(generation, device);
    case "completed":
      return isContinued ? continued : undefined;
    case "failed":
      return undefined;
  }
}

/** Whoever stopped it on this device knows. On another of the same kind it goes without saying. */
function stoppedWords({ stoppedFrom }: Generation, device: DeviceKind | undefined): string {
  return stoppedFrom && stoppedFrom !== device ? `Stopped from your ${stoppedFrom}.` : "Stopped.";
}
