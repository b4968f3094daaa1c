import { idSchema, uuidOf } from "./ids.ts";

// The AI SDK names chats and messages by whatever strings its user likes, "1" among them. Here all ids are UUIDs, and
// one id is one thing for everybody. So a foreign id becomes a UUID by the account and the place that it is a name in:
// always the same one, and never another account's.

type Place = { accountId: string; conversationId: string };

/** A UUID stays what it is: it may name a conversation that was made here. */
export async function conversationIdOf({
  accountId,
  foreignId,
}: {
  accountId: string;
  foreignId: string;
}): Promise<string> {
  return idSchema.safeParse(foreignId).data ?? (await idFrom(["conversation", accountId, foreignId]));
}

/** A message's id is a name within its conversation: clients count from 1 in each. */
export async function messageIdOf(place: Place, foreignId: string): Promise<string> {
  return idSchema.safeParse(foreignId).data ?? (await idFrom(["message", ...named(place), foreignId]));
}

/** A prompt that an edit put beside the one that has this id. The same words again are the same edit. */
export async function editIdOf(place: Place, id: string, content: string): Promise<string> {
  return idFrom(["edit", ...named(place), id, content]);
}

/** The answer that is made in the place of another. Asked for again, it is the same one, and is paid for once. */
export async function anotherAnswerIdOf(place: Place, answerId: string): Promise<string> {
  return idFrom(["answer", ...named(place), answerId]);
}

/**
 * What a conversation that is taken in from elsewhere is called here, so that it is taken in once. `turn` counts how
 * often it was deleted here before: who takes it in again wants it back, and what is deleted stays deleted.
 */
export async function importedIdOf({
  accountId,
  foreignId,
  turn,
}: {
  accountId: string;
  foreignId: string;
  turn: number;
}): Promise<string> {
  return idFrom(["imported", accountId, foreignId, String(turn)]);
}

/** A message of a conversation that was taken in. */
export async function importedMessageIdOf(conversationId: string, foreignId: string): Promise<string> {
  return idFrom(["imported message", conversationId, foreignId]);
}

const named = ({ accountId, conversationId }: Place) => [accountId, conversationId];

/** A UUID version 8 (RFC 9562), of the first bits of a SHA-256. As JSON, so that no two lists of names read the same. */
async function idFrom(names: string[]): Promise<string> {
  const name = new TextEncoder().encode(JSON.stringify(names));
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", name)).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  return uuidOf(bytes);
}
