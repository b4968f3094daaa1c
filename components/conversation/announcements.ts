import type { ConversationView } from "#lib/client/conversation-view";
import type { Generation } from "#lib/protocol/event";
import { conversationWords } from "#words/conversation";
import { spokenText } from "./spoken-text.ts";
import { textOf } from "./text-of.ts";

/** About a minute of speech; who wants the rest goes to the answer. */
const READ_MAX_LENGTH = 1_000;

export type Known = ReadonlyMap<string, Generation["status"]>;
export type Announcement = { key: string; words: string };

/** How each generation stands, so that what changes later can be told. */
export const knownOf = ({ snapshot }: Pick<ConversationView, "snapshot">): Known =>
  new Map(snapshot.generations.map(({ id, status }) => [id, status]));

/**
 * What there is to say to whoever listens since things stood as known: that an answer is begun, and once, when it is
 * there, the answer. Not its words as they come, and nothing of branches that are not shown.
 */
export function announcementsOf(
  known: Known,
  { snapshot, path, generation }: Pick<ConversationView, "snapshot" | "path" | "generation">,
): Announcement[] {
  const shown = new Map(path.map((message) => [message.id, message]));
  return snapshot.generations.flatMap((changed) => {
    const { id, status, messageId } = changed;
    const message = shown.get(messageId);
    if (!message || known.get(id) === status) return [];
    // What is asked and begun in one breath only waits if another answer is before it.
    if (status === "queued" && changed === generation) return [];
    const { aloud } = conversationWords;
    const words =
      status === "completed"
        ? spokenText(textOf(message.parts), { maxLength: READ_MAX_LENGTH, ...aloud }) || aloud.empty
        : status === "failed"
          ? aloud.failed(changed.error?.detail)
          : aloud[status];
    return [{ key: `${id} ${status}`, words }];
  });
}
