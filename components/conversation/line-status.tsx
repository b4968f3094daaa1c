import { Mark } from "#components/brand/mark";
import { useLine } from "#components/workspace/tab-provider";
import type { LineView } from "#lib/client/line-view";

/** What the line is doing, when it matters. Nothing is lost meanwhile, and the words say so. */
export function LineStatus({ caughtUpWords }: { caughtUpWords: number | undefined }) {
  const line = useLine();
  const lost = lostWords(line);
  const words = lost ?? (caughtUpWords && `Back. ${caughtUpWords} words caught up.`);
  return (
    <div role="status" className="pointer-events-none flex justify-center">
      {words && (
        <p className="mb-2 flex animate-appear items-center gap-2 rounded-full border border-rule bg-raised px-3 py-1 text-ink-soft text-xs shadow-float">
          <Mark apart={lost !== undefined} className="size-4" />
          {words}
        </p>
      )}
    </div>
  );
}

function lostWords({ state, reason }: LineView): string | undefined {
  if (state === "reconnecting") return "Reconnecting…";
  if (state === "refused") return "Too many pages are open. Close some; this one tries again by itself.";
  if (state === "offline") return "Offline. What you send goes out when the network is back.";
  if (state === "closed" && reason === "signed-out") return "Signed out. Reload the page to go on.";
  return undefined;
}
