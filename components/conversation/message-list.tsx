import { siblings } from "#lib/client/branches";
import type { ConversationView } from "#lib/client/conversation-view";
import { MessageRow } from "./message.tsx";
import type { MessageActions } from "./message-tools.tsx";
import { PendingPromptRow } from "./pending-prompt.tsx";

type MessageListProps = {
  view: ConversationView;
  actions: MessageActions & { resend: (id: string) => void; discard: (id: string) => void };
};

/** The branch that is shown, and what was sent and is not part of it yet. */
export function MessageList({ view, actions }: MessageListProps) {
  const { snapshot, path, pending, cancelling } = view;
  // The last one of a message is the one that made what is shown.
  const generationOf = new Map(snapshot.generations.map((generation) => [generation.messageId, generation]));
  return (
    <div className="mx-auto flex w-full max-w-column flex-col gap-3 px-4 pt-3 pb-6 md:px-6">
      {path.map((message, index) => {
        const generation = generationOf.get(message.id);
        return (
          <MessageRow
            key={message.id}
            message={message}
            generation={generation}
            versions={siblings(snapshot.messages, message)
              .map(({ id }) => id)
              .join(" ")}
            stopping={generation !== undefined && cancelling.includes(generation.id)}
            last={pending.length === 0 && index === path.length - 1}
            actions={actions}
          />
        );
      })}
      {pending.map((prompt) => (
        <PendingPromptRow
          key={prompt.id}
          prompt={prompt}
          onResend={() => actions.resend(prompt.id)}
          onDiscard={() => actions.discard(prompt.id)}
        />
      ))}
    </div>
  );
}
