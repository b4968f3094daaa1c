import { sql } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Limits } from "#lib/accounts/limits";
import { type Allowance, countPrompt } from "#lib/accounts/prompt-counts";
import type { Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import { countOpen, openConversations } from "#lib/generations/read-generations";

/** When an answer will have ended is anybody's guess. */
const ANSWER_RETRY_SECONDS = 5;

/**
 * Counts a prompt, or a wish for another answer, as one of the account's. Only what was not taken before is asked
 * about: a retry is no further prompt. Both questions are out before this function first waits, so that what is
 * asked of the transaction after it, the new answer itself among it, does not count.
 *
 * @throws `rate-limited`, and then nothing of it may be kept
 */
export async function mayPrompt(
  transaction: Transaction,
  { accountId, allowance, limits }: { accountId: string; allowance: Allowance; limits: Limits },
): Promise<void> {
  const { generationsAtOnce: most } = limits;
  const theirs = sql`select ${conversations.id} from ${conversations}
    where ${conversations.accountId} = ${accountId} and ${conversations.id} = any(${openConversations})`;
  const [, open] = await Promise.all([
    // First: who counts at the same time waits here, so that what they promise is among what is open.
    countPrompt(transaction, { accountId, allowance }),
    most === undefined ? 0 : countOpen(transaction, { conversationIds: theirs, least: most }),
  ]);
  if (most === undefined || open < most) return;
  const answers = `${most} ${most === 1 ? "answer" : "answers"} on the way at once`;
  throw new Failure(
    "rate-limited",
    `An account may have ${answers}, those that wait their turn included. Try again in ${ANSWER_RETRY_SECONDS} seconds.`,
    { retryAfterSeconds: ANSWER_RETRY_SECONDS },
  );
}
