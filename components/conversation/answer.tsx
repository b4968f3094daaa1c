import { useRef } from "react";
import { type CitedSource, CitedSources } from "#components/markdown/citation";
import type { Generation, Message } from "#lib/protocol/event";
import { Failure } from "./failure.tsx";
import { isShown, MessagePart } from "./message-part.tsx";
import { Sources, sourcesOf } from "./sources.tsx";
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
  const sources = useSame(sourcesOf(parts));
  return (
    <div aria-busy={open}>
      <CitedSources value={sources}>
        {parts.map((part, index) => (
          <MessagePart key={index} part={part} open={open} />
        ))}
      </CitedSources>
      {generation?.status === "running" && !parts.some(isShown) && <TypingIndicator />}
      <Sources sources={sources} />
      {generation?.status === "failed" && <Failure error={generation.error} onRetry={onRetry} />}
    </div>
  );
}

/** The sources as they were while they are the same: whatever cites one is drawn anew with others. */
function useSame(now: CitedSource[]): CitedSource[] {
  const before = useRef(now);
  const isSame = JSON.stringify(before.current) === JSON.stringify(now);
  if (!isSame) before.current = now;
  return before.current;
}
