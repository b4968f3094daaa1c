import type { Generation, Message } from "#lib/protocol/event";
import { Failure } from "./failure.tsx";
import { isShown, MessagePart } from "./message-part.tsx";
import { Sources } from "./sources.tsx";
import { TypingIndicator } from "./typing-indicator.tsx";

type AnswerProps = {
  message: Message;
  generation: Generation | undefined;
  /** Whether it is still being made. */
  open: boolean;
  onRetry: () => void;
};

/** What the model said, as far as it is. Plain text on the page. */
export function Answer({ message: { parts }, generation, open, onRetry }: AnswerProps) {
  return (
    <div aria-busy={open}>
      {parts.map((part, index) => (
        <MessagePart key={index} part={part} open={open} />
      ))}
      {generation?.status === "running" && !parts.some(isShown) && <TypingIndicator />}
      <Sources parts={parts} />
      {generation?.status === "failed" && <Failure error={generation.error} onRetry={onRetry} />}
    </div>
  );
}
