import { useMemo } from "react";
import { versionsIn } from "#lib/client/branches";
import type { ConversationView } from "#lib/client/conversation-view";
import type { MessageRowProps } from "./message.tsx";
import { BATCH_SIZE, MessageBatch } from "./message-batch.tsx";
import type { MessageActions } from "./message-tools.tsx";
import { PendingPromptRow } from "./pending-prompt.tsx";
import { useJump } from "./use-jump.ts";
import { useMounted } from "./use-mounted.ts";

type MessageListProps = {
  view: ConversationView;
  actions: MessageActions & { resend: (id: string) => void; discard: (id: string) => void };
  /** Called before the list goes to one of its messages. */
  onJump: () => void;
};

/**
 * The branch that is shown, and what was sent and is not part of it yet. Messages are drawn by batches, the newest first:
 * the older ones follow while nothing else is to be done, or as soon as somebody comes near, so that in the end all can
 * be found and read from first to last.
 */
export function MessageList({ view, actions, onJump }: MessageListProps) {
  const { snapshot, path, pending, cancelling } = view;
  const count = Math.ceil(path.length / BATCH_SIZE);
  const { isMounted, mount } = useMounted(count);
  useJump(path, mount, onJump);

  // The last one of a message is the one that made what is shown.
  const generationOf = useMemo(
    () => new Map(snapshot.generations.map((generation) => [generation.messageId, generation])),
    [snapshot.generations],
  );
  const versionsOf = useMemo(() => versionsIn(snapshot.messages), [snapshot.messages]);

  const rowsOf = (batch: number): MessageRowProps[] => {
    const from = batch * BATCH_SIZE;
    return path.slice(from, from + BATCH_SIZE).map((message, index) => {
      const generation = generationOf.get(message.id);
      return {
        message,
        generation,
        versions: versionsOf(message),
        stopping: generation !== undefined && cancelling.includes(generation.id),
        last: pending.length === 0 && from + index === path.length - 1,
        actions,
      };
    });
  };

  return (
    <div className="mx-auto flex w-full max-w-column flex-col gap-3 px-4 pt-3 pb-6 md:px-6">
      {Array.from({ length: count }, (_, batch) => (
        <MessageBatch
          key={batch}
          number={batch}
          rows={isMounted(batch) ? rowsOf(batch) : undefined}
          onNear={mount}
        />
      ))}
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
