import { CornerDownRight } from "lucide-react";
import type { Message } from "#lib/protocol/event";
import { messagesWords as words } from "#words/messages";

/** What could be asked next, under the newest answer. A click asks it. */
export function FollowUps({
  answer,
  onAsk,
}: {
  answer: Message | undefined;
  onAsk: (question: string) => void;
}) {
  const questions = questionsOf(answer);
  if (questions.length === 0) return null;
  return (
    <ul aria-label={words.followUps} className="mx-auto flex w-full max-w-column flex-col px-2 pb-4 md:px-4">
      {questions.map((question) => (
        <li key={question}>
          <button
            type="button"
            dir="auto"
            onClick={() => onAsk(question)}
            className="touch-target flex w-full items-center gap-2.5 rounded-xl px-2 py-1.5 text-start text-ink-soft transition-colors hover:bg-wash hover:text-ink"
          >
            <CornerDownRight className="size-4 shrink-0 text-accent" />
            {question}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Another server may have written it otherwise, so nothing is taken for granted. */
function questionsOf(answer: Message | undefined): string[] {
  const part = answer?.parts.findLast(({ type }) => type === "data-follow-ups");
  const data: unknown = part && "data" in part ? part.data : undefined;
  if (typeof data !== "object" || data === null || !("questions" in data)) return [];
  const { questions } = data;
  return Array.isArray(questions) ? questions.filter((one) => typeof one === "string" && one !== "") : [];
}
