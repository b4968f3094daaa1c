import { Button } from "#components/ui/button";
import type { PendingPrompt } from "#lib/client/pending-prompts";
import { answerWords } from "#words/answer";
import { composerWords } from "#words/composer";
import { Prompt } from "./prompt.tsx";
import { RetryTime } from "./retry-time.tsx";

type PendingPromptRowProps = { prompt: PendingPrompt; onResend: () => void; onDiscard: () => void };

/** A prompt that the server has not yet confirmed. It is kept over a reload, and goes out when it can. */
export function PendingPromptRow({ prompt, onResend, onDiscard }: PendingPromptRowProps) {
  const { parts, state, detail, retryAtMs } = prompt;
  return (
    <article aria-label={answerWords.you}>
      <Prompt parts={parts} />
      <div className="mt-1 flex min-h-8 flex-wrap items-center justify-end gap-2 text-ink-faint text-xs">
        {state === "sending" && <p className="animate-appear-late">{composerWords.sending}</p>}
        {state === "waiting" && <p className="animate-appear-late">{composerWords.keptHere}</p>}
        {state === "limited" && (
          <>
            <p>
              {detail} <RetryTime atMs={retryAtMs ?? 0} />
            </p>
            <Button onClick={onDiscard}>{composerWords.discard}</Button>
            <Button onClick={onResend}>{composerWords.tryAgain}</Button>
          </>
        )}
        {state === "refused" && (
          <>
            <p className="text-danger">{detail ?? composerWords.notSent}</p>
            <Button onClick={onDiscard}>{composerWords.discard}</Button>
            <Button onClick={onResend}>{composerWords.sendAgain}</Button>
          </>
        )}
      </div>
    </article>
  );
}
