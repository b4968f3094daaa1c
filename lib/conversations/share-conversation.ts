import { eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import { Failure } from "#lib/errors";
import { appendEvents } from "#lib/log/append";
import { lockLog } from "#lib/log/pen";
import { announceConversation } from "./announce.ts";
import { toConversation } from "./conversation-row.ts";
import type { Deps } from "./deps.ts";
import { owned } from "./owner.ts";

type Theirs = { accountId: string; conversationId: string };

/** Makes the link by which anybody may read along. Asked again, it is the same link. */
export async function shareConversation(
  deps: Pick<Deps, "database" | "log">,
  { newToken, ...theirs }: Theirs & { newToken: () => string },
): Promise<string> {
  const { shareToken } = await changeLink(deps, theirs, ({ temporary, shareToken }) => {
    if (temporary)
      throw new Failure("not-allowed", "A temporary conversation is kept nowhere and cannot be shared.");
    return shareToken ?? newToken();
  });
  if (!shareToken) throw new Error("a conversation was shared and has no link");
  return shareToken;
}

/** Takes the link back. Whoever reads by it is told so at once: the log says that there is none. */
export async function unshareConversation(
  deps: Pick<Deps, "database" | "log">,
  theirs: Theirs,
): Promise<void> {
  await changeLink(deps, theirs, () => null);
}

type Row = Awaited<ReturnType<typeof owned>>;

async function changeLink(
  { database, log }: Pick<Deps, "database" | "log">,
  { accountId, conversationId }: Theirs,
  linkOf: (row: Row) => string | null,
): Promise<Row> {
  const { row, appended } = await database.transaction(async (transaction) => {
    await lockLog(transaction, conversationId);
    const before = await owned(transaction, { accountId, conversationId });
    const shareToken = linkOf(before);
    if (shareToken === before.shareToken) return { row: before, appended: [] };
    const [row] = await transaction
      .update(conversations)
      .set({ shareToken })
      .where(eq(conversations.id, conversationId))
      .returning();
    if (!row) throw new Error("a conversation was changed and not returned");
    const told = await appendEvents(transaction, {
      logId: conversationId,
      events: [{ type: "conversation-changed", conversation: toConversation(row) }],
    });
    return { row, appended: [told, ...(await announceConversation(transaction, conversationId))] };
  });
  log.committed(appended);
  return row;
}
