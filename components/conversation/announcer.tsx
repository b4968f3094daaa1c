import type { ConversationView } from "#lib/client/conversation-view";
import type { Generation } from "#lib/protocol/event";

/** Tells those who listen where an answer begins and ends. The words between they read when they want to. */
export function Announcer({ view: { snapshot, path, generation } }: { view: ConversationView }) {
  const newest = path.at(-1)?.id;
  const told = generation ?? snapshot.generations.findLast(({ messageId }) => messageId === newest);
  return (
    <p aria-live="polite" className="sr-only">
      {told && words[told.status]}
    </p>
  );
}

const words: Record<Generation["status"], string> = {
  queued: "",
  running: "Answer started",
  completed: "Answer finished",
  failed: "Answer failed",
  cancelled: "Answer stopped",
};
