import { Mark } from "#components/brand/mark";

/** Until the first word. */
export function TypingIndicator() {
  return (
    <div className="py-1 text-ink-soft motion-safe:animate-breathe">
      <Mark className="size-5" />
      <span className="sr-only">Waiting for the first word</span>
    </div>
  );
}
