import { useIsReader } from "#components/share/reader";
import { Button } from "#components/ui/button";
import type { GenerationError } from "#lib/protocol/event";
import { messagesWords as words } from "#words/messages";

/** Why an answer ended before its end, and the way to another one. */
export function Failure({ error, onRetry }: { error: GenerationError | undefined; onRetry: () => void }) {
  const isReader = useIsReader();
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
      <p className="text-danger">{error?.detail ?? words.notFinished}</p>
      {!isReader && <Button onClick={onRetry}>{words.tryAgain}</Button>}
    </div>
  );
}
