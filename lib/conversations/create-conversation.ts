import { conversations } from "#drizzle/schema";
import type { Transaction } from "#lib/database/client";
import { violatesForeignKey } from "#lib/database/violation";
import { Failure } from "#lib/errors";
import { appendEvents } from "#lib/log/append";
import { addLog } from "#lib/log/pen";
import type { CreateConversationBody } from "#lib/protocol/api";
import type { ConversationEvent } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { storable } from "#lib/protocol/storable";
import { announceConversation } from "./announce.ts";
import { type ConversationRow, toConversation } from "./conversation-row.ts";
import type { Deps } from "./deps.ts";
import { owned } from "./owner.ts";

/** Makes the conversation and its log. Undefined if it is there already, whoever's it is. */
export async function addConversation(
  transaction: Transaction,
  {
    accountId,
    body,
    titledBy,
  }: {
    accountId: string;
    body: CreateConversationBody & { id: string };
    titledBy: ConversationRow["titledBy"];
  },
): Promise<ConversationRow | undefined> {
  const [, isNewLog, [row]] = await Promise.all([
    addLog(transaction, accountId),
    addLog(transaction, body.id),
    transaction
      .insert(conversations)
      .values(storable({ ...body, accountId, titledBy }))
      .onConflictDoNothing()
      .returning()
      .catch(translateNoAccount),
  ]);
  // A log outlives its conversation, so that those who were away learn that it is gone. It stays gone.
  if (row && !isNewLog) throw new Failure("not-found", "The conversation was deleted.");
  return row;
}

/** Who asks may have signed in as somebody else, or out of an account that is deleted, in this very moment. */
function translateNoAccount(error: unknown): never {
  if (!violatesForeignKey(error, "conversations_account_id_accounts_id_fk")) throw error;
  throw new Failure("not-signed-in", "This account is no more. Reload the page to go on.", { cause: error });
}

/** The first entry of its log, so that whoever follows from 0 knows the conversation itself. */
export function firstEvents(row: ConversationRow): ConversationEvent[] {
  return [{ type: "conversation-changed", conversation: toConversation(row) }];
}

export async function createConversation(
  deps: Deps,
  { accountId, body }: { accountId: string; body: CreateConversationBody },
): Promise<{ conversation: ReturnType<typeof toConversation>; isNew: boolean }> {
  if (body.model) await deps.models.mustHave(body.model);
  const id = body.id ?? newId();
  const { row, isNew, appended } = await deps.database.transaction(async (transaction) => {
    const added = await addConversation(transaction, {
      accountId,
      body: { ...body, id },
      titledBy: body.title === undefined ? "prompt" : "person",
    });
    if (!added) {
      const row = await owned(transaction, { accountId, conversationId: id });
      return { row, isNew: false, appended: [] };
    }
    const told = await appendEvents(transaction, { logId: id, events: firstEvents(added) });
    const announced = await announceConversation(transaction, id, "conversation-added");
    return { row: added, isNew: true, appended: [told, ...announced] };
  });
  deps.log.committed(appended);
  return { conversation: toConversation(row), isNew };
}
