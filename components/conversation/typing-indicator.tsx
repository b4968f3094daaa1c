import { Mark } from "#components/brand/mark";
import { answerWords } from "#words/answer";

/** Until the first word. */
export function TypingIndicator() {
  return (
    <div className="py-1 text-ink-soft motion-safe:animate-breathe">
      <Mark className="size-5" />
      <span className="sr-only">{answerWords.waiting}</span>
    </div>
  );
}
