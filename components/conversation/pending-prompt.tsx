import { Button } from "#components/ui/button";
import type { PendingPrompt } from "#lib/client/pending-prompts";
import { Prompt } from "./prompt.tsx";
import { RetryTime } from "./retry-time.tsx";

type PendingPromptRowProps = { prompt: PendingPrompt; onResend: () => void; onDiscard: () => void };

/** A prompt that the server has not yet confirmed. It is kept over a reload, and goes out when it can. */
export function PendingPromptRow({ prompt, onResend, onDiscard }: PendingPromptRowProps) {
  const { parts, state, detail, retryAtMs } = prompt;
  return (
    <article aria-label="You">
      <Prompt parts={parts} />
      <div className="mt-1 flex min-h-8 flex-wrap items-center justify-end gap-2 text-ink-faint text-xs">
        {state === "sending" && <p className="animate-appear-late">Sending…</p>}
        {state === "waiting" && (
          <p className="animate-appear-late">Kept here until the server can be reached.</p>
        )}
        {state === "limited" && (
          <>
            <p>
              {detail} <RetryTime atMs={retryAtMs ?? 0} />
            </p>
            <Button onClick={onDiscard}>Discard</Button>
            <Button onClick={onResend}>Try again</Button>
          </>
        )}
        {state === "refused" && (
          <>
            <p className="text-danger">{detail ?? "This could not be sent."}</p>
            <Button onClick={onDiscard}>Discard</Button>
            <Button onClick={onResend}>Send again</Button>
          </>
        )}
      </div>
    </article>
  );
}
