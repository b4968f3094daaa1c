import type { ImportView } from "#lib/client/import-store";
import { shareWords } from "#words/share";

/** What became of a file: how many were taken in, and of each that was not, why. */
export function ImportResult({ view }: { view: ImportView }) {
  const { state, why, imported, known, failed, failedCount } = view;
  if (state === "unreadable") {
    return (
      <p role="alert" className="mt-3 text-danger">
        {why}
      </p>
    );
  }
  if (state !== "done" && state !== "cancelled") return null;
  const counts = [
    shareWords.imported(imported),
    ...(known > 0 ? [shareWords.known(known)] : []),
    ...(failedCount > 0 ? [shareWords.failed(failedCount)] : []),
  ];
  return (
    <div className="mt-3">
      <p role="status">
        {state === "done" ? shareWords.done : shareWords.cancelled} {counts.join(", ")}.
      </p>
      {failed.length > 0 && (
        <ul aria-label={shareWords.failures} className="mt-2 max-h-60 space-y-1 overflow-y-auto text-sm">
          {failed.map(({ title, why: reason }, index) => (
            <li key={index}>
              <span className="font-medium">{title || shareWords.untitled}</span>
              <span className="block text-ink-soft text-xs">{reason}</span>
            </li>
          ))}
          {failedCount > failed.length && (
            <li className="text-ink-soft">{shareWords.more(failedCount - failed.length)}</li>
          )}
        </ul>
      )}
    </div>
  );
}
