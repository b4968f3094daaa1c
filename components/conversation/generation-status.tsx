import { useIsReader } from "#components/share/reader";
import { useDevice } from "#components/workspace/tab-provider";
import type { DeviceKind, Generation } from "#lib/protocol/event";
import { messagesWords as words } from "#words/messages";
import { shareWords } from "#words/share";

/** How the making of an answer stands, in a few quiet words. An answer that simply ended has none. */
export function GenerationStatus({ generation, stopping }: { generation: Generation; stopping: boolean }) {
  const device = useDevice();
  const isReader = useIsReader();
  const own = stopping ? words.stopping : wordsFor(generation, device);
  const said = isReader && generation.status === "running" ? shareWords.answering : own;
  return said && <p className="px-2 text-ink-faint text-xs">{said}</p>;
}

function wordsFor(generation: Generation, device: DeviceKind | undefined): string | undefined {
  const { status, attempt } = generation;
  const isContinued = attempt > 1;
  switch (status) {
    case "queued":
      return words.queued;
    case "running":
      return isContinued ? words.continuedAndOpen : words.answering;
    case "cancelled":
      return stoppedWords(generation, device);
    case "completed":
      return isContinued ? words.continued : undefined;
    case "failed":
      return undefined;
  }
}

/** Whoever stopped it on this device knows. On another of the same kind it goes without saying. */
function stoppedWords({ stoppedFrom }: Generation, device: DeviceKind | undefined): string {
  return stoppedFrom && stoppedFrom !== device ? words.stoppedFrom(stoppedFrom) : words.stopped;
}
