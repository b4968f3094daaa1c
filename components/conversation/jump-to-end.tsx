import { ArrowDown } from "lucide-react";
import { answerWords } from "#words/answer";

/** There while the reader is elsewhere. */
export function JumpToEnd({ onJump }: { onJump: () => void }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-10 flex justify-center">
      <button
        type="button"
        aria-label={answerWords.jumpToEnd}
        title={answerWords.jumpToEnd}
        onClick={onJump}
        className="touch-target pointer-events-auto grid size-9 animate-appear place-items-center rounded-full border border-rule bg-raised text-ink-soft shadow-float hover:text-ink"
      >
        <ArrowDown className="size-4.5" />
      </button>
    </div>
  );
}
