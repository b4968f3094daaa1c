import { isEvent, type StoredEntry } from "#lib/log/stored-entry";
import type { ConversationEvent, Generation, Message } from "#lib/protocol/event";

export type Ended = { message: Message; generation: Generation; sequence: number };

/** How a generation ended, if these entries tell of it. */
export function findEnd(entries: StoredEntry[], generationId: string): Ended | undefined {
  for (const entry of entries) {
    if (!isEvent(entry, "generation-end")) continue;
    const { generation, message } = JSON.parse(entry.text) as ConversationEvent & { type: "generation-end" };
    if (generation.id === generationId) return { message, generation, sequence: entry.sequence };
  }
  return undefined;
}
