import { eq, sql } from "drizzle-orm";
import { accounts, instance } from "#drizzle/accounts";
import type { Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import { type Limits, promptsPerDay } from "./limits.ts";

/** How many prompts an account may send. */
export type Allowance = { isGuest: boolean; perMinute: number | undefined; perDay: number | undefined };

/**
 * What an account may send; undefined if it is no more. It cannot go until the transaction ends: asked before the
 * conversation's log is locked, this keeps to the order in which a guest's account is taken over. Counted later, the
 * first prompt of an account would wait for that while it waits for the log.
 */
export async function holdAccount(
  transaction: Transaction,
  { accountId, limits }: { accountId: string; limits: Limits },
): Promise<Allowance | undefined> {
  const [row] = await transaction
    .select({
      isGuest: accounts.isGuest,
      promptsPerDay: instance.promptsPerDay,
      guestPromptsPerDay: instance.guestPromptsPerDay,
    })
    .from(accounts)
    .leftJoin(instance, sql`true`)
    .where(eq(accounts.id, accountId))
    .for("key share", { of: accounts });
  return (
    row && {
      isGuest: row.isGuest,
      perMinute: limits.promptsPerMinute,
      perDay: promptsPerDay(limits, row),
    }
  );
}

type Counted = { period: "day" | "minute"; count: number; retryAfterSeconds: number };

/**
 * Counts one prompt, in the minute and the day of the database's clock. Whoever else counts for this account waits
 * until the transaction ends, and one that is rolled back counts nothing: so exactly as many are taken as may be.
 * Always after the conversation's log was locked and before the account's log is.
 *
 * @throws `rate-limited` for the prompt that is one too many
 */
export async function countPrompt(
  transaction: Transaction,
  { accountId, allowance }: { accountId: string; allowance: Allowance },
): Promise<void> {
  // The window that others have begun meanwhile holds, also for a transaction that began in the one before.
  const counted = await transaction.execute<Counted>(sql`
    insert into prompt_counts as counted (account_id, period, started_at, count)
    values
      (${accountId}::uuid, 'day', date_trunc('day', now(), 'UTC'), 1),
      (${accountId}::uuid, 'minute', date_trunc('minute', now(), 'UTC'), 1)
    on conflict (account_id, period) do update set
      started_at = greatest(counted.started_at, excluded.started_at),
      count = case when excluded.started_at > counted.started_at then 1 else counted.count + 1 end
    returning period, count, greatest(1, ceil(extract(epoch from
      started_at + case period when 'day' then interval '24 hours' else interval '1 minute' end
      - clock_timestamp())))::integer as "retryAfterSeconds"`);
  for (const { period, count, retryAfterSeconds } of counted) {
    const most = period === "day" ? allowance.perDay : allowance.perMinute;
    if (most !== undefined && count > most) {
      const who = allowance.isGuest ? "A guest" : "An account";
      const prompts = `${most} ${most === 1 ? "prompt" : "prompts"} a ${period}`;
      throw new Failure(
        "rate-limited",
        `${who} may send ${prompts}. Try again ${inWords(retryAfterSeconds)}.`,
        {
          retryAfterSeconds,
        },
      );
    }
  }
}

function inWords(seconds: number): string {
  const [count, unit] =
    seconds < 120
      ? [seconds, "second"]
      : seconds < 7200
        ? [Math.ceil(seconds / 60), "minute"]
        : [Math.ceil(seconds / 3600), "hour"];
  return `in ${count} ${unit}${count === 1 ? "" : "s"}`;
}
