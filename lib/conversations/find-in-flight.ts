import { readGenerations } from "#lib/generations/read-generations";
import { readMessage } from "#lib/messages/read-messages";
import type { Deps } from "./deps.ts";
import { findOwned } from "./owner.ts";

/** An answer that was asked for, and an entry before all that is told of how it is made. */
export type Asked = {
  conversationId: string;
  answerId: string;
  generationId: string;
  sequence: number;
  /** How many steps the answer had when it was asked for; absent for none. */
  stepsBefore?: number;
};

/**
 * The answer that a conversation waits for: the one that is shown, or else the newest. Undefined if there is none, and
 * also if there is no such conversation: a client that has not sent anything yet asks too.
 */
export async function findInFlight(
  { database }: Pick<Deps, "database">,
  { accountId, conversationId }: { accountId: string; conversationId: string },
): Promise<Asked | undefined> {
  const conversation = await findOwned(database, { accountId, conversationId });
  if (!conversation) return undefined;
  const open = (await readGenerations(database, conversationId)).filter(({ endedAt }) => !endedAt);
  const found = open.find(({ messageId }) => messageId === conversation.leafId) ?? open.at(-1);
  if (!found) return undefined;
  const { id: generationId, messageId: answerId, sequence } = found;
  const parts = (await readMessage(database, answerId))?.parts ?? [];
  const stepsBefore = parts.filter(({ type }) => type === "step-start").length;
  return { conversationId, answerId, generationId, sequence, stepsBefore };
}
