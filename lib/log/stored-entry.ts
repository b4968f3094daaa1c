import type { ConversationEvent } from "#lib/protocol/event";
import { encodeJson } from "#lib/protocol/storable";

/** An entry as it is kept and sent: its event stays the JSON text that was committed. */
export type StoredEntry = { first: number; sequence: number; text: string };

/** Entries that are committed, in order, and the log that they are in. */
export type Appended = { logId: string; entries: StoredEntry[] };

/** The type is always written first, so that a reader can tell events apart without parsing them. */
export function encodeEvent({ type, ...rest }: { type: string }): string {
  return encodeJson({ type, ...rest });
}

export function isEvent(entry: StoredEntry, type: ConversationEvent["type"]): boolean {
  return entry.text.startsWith(`{"type":"${type}"`);
}
