import { isDeepStrictEqual } from "node:util";
import { type MessagePlace, readMessage, readPlaces } from "#lib/messages/read-messages";
import { type ChatBody, chatPartsSchema, type HeldMessage } from "#lib/protocol/chat";
import { editIdOf, messageIdOf } from "#lib/protocol/foreign-ids";
import { storable } from "#lib/protocol/storable";
import type { Deps } from "./deps.ts";
import { findOwned } from "./owner.ts";

type Place = { accountId: string; conversationId: string };

/**
 * Where what a client of the AI SDK sends belongs. It sends its copy of all messages, and nothing of that is believed
 * but the order: it is looked up which of them are known here, and the last one that is says where the prompt goes.
 */
export type Placed = {
  /** The prompt's id here. */
  id: string;
  /** Absent: after the newest, or where it already is. */
  parentId?: string | null;
  /** Whether this very prompt is here already. */
  isKnown: boolean;
  /** All that the conversation holds, in the order in which it was added. */
  places: MessagePlace[];
};

export async function placePrompt(
  { database }: Pick<Deps, "database">,
  place: Place,
  { prompt, before, messageId }: ChatBody,
): Promise<Placed> {
  const isOwn = (await findOwned(database, place)) !== undefined;
  const places = isOwn ? await readPlaces(database, place.conversationId) : [];
  const known = new Map(places.map((message) => [message.id, message]));
  const id = await messageIdOf(place, prompt.id);
  const stored = known.get(id)?.role === "user" ? await readMessage(database, id) : undefined;
  const content = JSON.stringify(prompt.parts);
  const isSame = stored && isDeepStrictEqual(stored.parts, storable(prompt.parts));
  // Other words under an id that is known: an edit. It goes beside what was there, and never over it.
  const own = stored && !isSame ? await editIdOf(place, id, content) : id;
  if (known.get(own)?.role === "user") return { id: own, isKnown: true, places };
  const parentId = await answerBefore(place, before, places);
  if (parentId !== undefined) return { id: own, parentId, isKnown: false, places };
  if (stored) return { id: own, parentId: stored.parentId, isKnown: false, places };
  // Before the first message there is nothing. Who holds no message but the new one may just not have loaded them.
  return { id: own, ...(messageId && { parentId: null }), isKnown: false, places };
}

/** The newest of the answers to a prompt. */
export function newestAnswer(places: MessagePlace[], promptId: string): MessagePlace | undefined {
  return places.findLast(({ parentId, role }) => parentId === promptId && role === "assistant");
}

async function answerBefore(
  place: Place,
  before: HeldMessage[],
  places: MessagePlace[],
): Promise<string | undefined> {
  const known = new Map(places.map((message) => [message.id, message]));
  for (const message of before.toReversed()) {
    const id = await messageIdOf(place, message.id);
    const parts = chatPartsSchema.safeParse(message.parts);
    const edit = parts.success && known.get(await editIdOf(place, id, JSON.stringify(parts.data)));
    const found = edit || known.get(id);
    // Nothing came of its answer at the client, but here it has one.
    const answer = found?.role === "user" ? newestAnswer(places, found.id) : found;
    if (answer) return answer.id;
  }
  return undefined;
}
