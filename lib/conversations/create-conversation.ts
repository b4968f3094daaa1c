import { conversations } from "#drizzle/schema";
import { createAccount } from "#lib/accounts/create-account";
import type { Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import { appendEvents } from "#lib/log/append";
import { addLog } from "#lib/log/pen";
import type { Appended } from "#lib/log/stored-entry";
import type { CreateConversationBody } from "#lib/protocol/api";
import { newId } from "#lib/protocol/ids";
import { storable } from "#lib/protocol/storable";
import { announceConversation } from "./announce.ts";
import { type ConversationRow, toConversation } from "./conversation-row.ts";
import type { Deps } from "./deps.ts";
import { owned } from "./owner.ts";

export type Created = { conversation: ConversationRow; isNew: boolean; appended: Appended[] };

/** Makes the conversation and its log, if it is not there. One that is there, and this account's, is returned. */
export async function ensureConversation(
  transaction: Transaction,
  { accountId, body }: { accountId: string; body: CreateConversationBody },
): Promise<Created> {
  await createAccount(transaction, accountId);
  const [row] = await transaction
    .insert(conversations)
    .values(storable({ ...body, id: body.id ?? newId(), accountId }))
    .onConflictDoNothing()
    .returning();
  if (!row) {
    const conversation = await owned(transaction, { accountId, conversationId: body.id ?? "" });
    return { conversation, isNew: false, appended: [] };
  }
  // A log outlives its conversation, so that those who were away learn that it is gone. It stays gone.
  if (!(await addLog(transaction, row.id))) throw new Failure("not-found", "The conversation was deleted.");
  // The first entry, so that whoever follows from 0 knows the conversation itself.
  const appended = await appendEvents(transaction, {
    logId: row.id,
    events: [{ type: "conversation-changed", conversation: toConversation(row) }],
  });
  return { conversation: row, isNew: true, appended: [appended] };
}

export async function createConversation(
  deps: Deps,
  { accountId, body }: { accountId: string; body: CreateConversationBody },
): Promise<{ conversation: ReturnType<typeof toConversation>; isNew: boolean }> {
  if (body.model) await deps.models.mustHave(body.model);
  const { created, appended } = await deps.database.transaction(async (transaction) => {
    const created = await ensureConversation(transaction, { accountId, body });
    const announced = created.isNew
      ? await announceConversation(transaction, created.conversation.id, "conversation-added")
      : [];
    return { created, appended: [...created.appended, ...announced] };
  });
  deps.log.committed(appended);
  return { conversation: toConversation(created.conversation), isNew: created.isNew };
}
