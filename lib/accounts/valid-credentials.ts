import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { accounts, apiKeys, devices } from "#drizzle/accounts";
import type { Credential } from "#lib/asker";
import type { Database } from "#lib/database/client";
import { isOneOf } from "#lib/database/is-one-of";

/** Those of the credentials by which somebody may still ask: neither taken away nor run out, nor is the account disabled. */
export async function validCredentials(database: Database, credentials: Credential[]): Promise<Set<string>> {
  const idsOf = (kind: Credential["kind"]) =>
    credentials.filter((by) => by.kind === kind).map(({ id }) => id);
  const rows = await database
    .select({ id: devices.id })
    .from(devices)
    .innerJoin(accounts, eq(accounts.id, devices.accountId))
    .where(
      and(
        isOneOf(devices.id, idsOf("device")),
        gt(devices.expiresAt, sql`now()`),
        isNull(accounts.disabledAt),
      ),
    )
    .unionAll(
      database
        .select({ id: apiKeys.id })
        .from(apiKeys)
        .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
        .where(and(isOneOf(apiKeys.id, idsOf("api-key")), isNull(accounts.disabledAt))),
    );
  return new Set(rows.map(({ id }) => id));
}
