import { conversations } from "#drizzle/schema";
import { Failure } from "#lib/errors";
import { appendEvents } from "#lib/log/append";
import { addLog } from "#lib/log/pen";
import { addMessages } from "#lib/messages/add-messages";
import type { Conversation, Message, Part } from "#lib/protocol/event";
import type { ImportBody } from "#lib/protocol/exported";
import { importedIdOf, importedMessageIdOf } from "#lib/protocol/foreign-ids";
import { idSchema } from "#lib/protocol/ids";
import { faultIn, leafOf, withAnswers } from "#lib/protocol/import-tree";
import { storable } from "#lib/protocol/storable";
import { announceConversation } from "./announce.ts";
import { toConversation } from "./conversation-row.ts";
import { firstEvents } from "./create-conversation.ts";
import type { Deps } from "./deps.ts";
import { findKept, findOwned } from "./owner.ts";
import { DEFAULT_TITLE } from "./title.ts";

/** So often the same conversation can be taken in and deleted again. */
const TURNS_MAX_COUNT = 100;

type ImportDeps = Pick<Deps, "database" | "log">;
type Imported = { conversation: Conversation; isNew: boolean };

/**
 * Takes in a conversation from elsewhere, whole, in one transaction. Its ids here come from its ids there, so the same
 * one again is the same one; and one that was written down here is not taken in while it is still here.
 *
 * @param now nothing is dated later than this
 */
export async function importConversation(
  deps: ImportDeps,
  { accountId, body, now }: { accountId: string; body: ImportBody; now: Date },
): Promise<Imported> {
  const fault = faultIn(body);
  if (fault) throw new Failure("invalid-request", `${fault.path}: ${fault.must}.`);
  const { id: foreignId } = body.conversation;
  const own = idSchema.safeParse(foreignId).data;
  const here = own && (await findOwned(deps.database, { accountId, conversationId: own }));
  if (here) return { conversation: toConversation(here), isNew: false };
  for (let turn = 0; turn < TURNS_MAX_COUNT; turn++) {
    const id = await importedIdOf({ accountId, foreignId, turn });
    const { conversation, messages } = await translate(body, { id, accountId, now });
    const imported = await importAs(deps, { accountId, conversation, messages });
    if (imported) return imported;
  }
  throw new Failure("not-allowed", "This conversation was deleted here too often to be taken in again.");
}

type Rows = {
  conversation: typeof conversations.$inferInsert;
  messages: (Message & { sequence: number })[];
};

/** The conversation in our words: our ids, and no time that is yet to come. */
async function translate(
  { conversation, messages: given }: ImportBody,
  { id, accountId, now }: { id: string; accountId: string; now: Date },
): Promise<Rows> {
  const messages = withAnswers(given);
  const idOf = new Map<string, string>();
  for (const message of messages) idOf.set(message.id, await importedMessageIdOf(id, message.id));
  const past = (time: string) => new Date(Math.min(Date.parse(time), now.getTime()));
  const leafId = leafOf(messages, conversation.leafId);
  return {
    conversation: {
      id,
      accountId,
      title: conversation.title || DEFAULT_TITLE,
      titledBy: "person",
      instructions: conversation.instructions ?? null,
      pinned: conversation.pinned,
      archived: conversation.archived,
      leafId: idOf.get(leafId ?? "") ?? null,
      createdAt: past(conversation.createdAt),
      updatedAt: past(conversation.updatedAt),
    },
    messages: messages.map((message, index) => ({
      id: idOf.get(message.id) ?? "",
      conversationId: id,
      parentId: idOf.get(message.parentId ?? "") ?? null,
      role: message.role,
      parts: message.parts.map(taken),
      ...(message.model != null && { model: message.model }),
      createdAt: past(message.createdAt).toISOString(),
      // The first entry tells of the conversation itself.
      sequence: index + 2,
    })),
  };
}

/** A file that is kept somewhere is no part of what was written down, only its name is. */
function taken(part: Part): Part {
  if (part.type !== "file" || !part.url.startsWith("/")) return part;
  return { type: "text", text: `[${part.filename ?? part.mediaType}]` };
}

/** Undefined if it was taken in under this id and deleted since. */
async function importAs(
  { database, log }: ImportDeps,
  { accountId, conversation, messages }: Rows & { accountId: string },
): Promise<Imported | undefined> {
  const { id } = conversation;
  const result = await database.transaction(async (transaction) => {
    await addLog(transaction, accountId);
    const isNewLog = await addLog(transaction, id);
    if (!isNewLog) return { row: await findKept(transaction, id), appended: [] };
    const { createdAt, updatedAt, ...words } = conversation;
    const [row] = await transaction
      .insert(conversations)
      .values({ ...storable(words), createdAt, updatedAt })
      .returning();
    if (!row) throw new Error("a conversation was added and not returned");
    const added = await addMessages(transaction, messages);
    // Once more at the end: what a message says of the conversation is that it is its newest.
    const told = await appendEvents(transaction, {
      logId: id,
      events: [
        ...firstEvents(row),
        ...added.map((message) => ({ type: "message-added" as const, message })),
        ...firstEvents(row),
      ],
    });
    return { row, appended: [told, ...(await announceConversation(transaction, id, "conversation-added"))] };
  });
  log.committed(result.appended);
  return result.row && { conversation: toConversation(result.row), isNew: result.appended.length > 0 };
}
