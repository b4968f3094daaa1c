import type { Generation } from "#lib/protocol/event";

/** How the making of an answer stands, in a few quiet words. An answer that simply ended has none. */
export function GenerationStatus({ generation, stopping }: { generation: Generation; stopping: boolean }) {
  const words = stopping ? "Stopping…" : wordsFor(generation);
  return words && <p className="px-2 text-ink-faint text-xs">{words}</p>;
}

function wordsFor({ status, attempt }: Generation): string | undefined {
  const isContinued = attempt > 1;
  const continued = "Continued after a restart.";
  switch (status) {
    case "queued":
      return "Waiting for its turn.";
    case "running":
      return isContinued ? `${continued} Safe to close.` : "Answering on the server. Safe to close.";
    case "cancelled":
      return "Stopped.";
    case "completed":
      return isContinued ? continued : undefined;
    case "failed":
      return undefined;
  }
}
