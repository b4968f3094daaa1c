import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { accounts, apiKeys } from "#drizzle/accounts";
import type { Database } from "#lib/database/client";
import { Failure } from "#lib/errors";
import type { ApiKey } from "#lib/protocol/accounts";
import { newId } from "#lib/protocol/ids";

/** By this, scanners of leaked secrets and people know what it is. */
const PREFIX = "rejoin_";
const SECRET_BYTES = 32;
const ENDING_LENGTH = 4;

type Owner = { accountId: string };

/** Makes a key. The key itself is in this answer and nowhere else. */
export async function makeApiKey(
  database: Database,
  { accountId, name }: Owner & { name: string },
): Promise<{ apiKey: ApiKey; key: string }> {
  const key = PREFIX + randomBytes(SECRET_BYTES).toString("base64url");
  const [row] = await database
    .insert(apiKeys)
    .values({ id: newId(), accountId, name, hash: hashOf(key), ending: key.slice(-ENDING_LENGTH) })
    .returning();
  if (!row) throw new Error("an API key was inserted and not returned");
  return { apiKey: toApiKey(row), key };
}

/** The newest first. */
export async function listApiKeys(database: Database, { accountId }: Owner): Promise<ApiKey[]> {
  const rows = await database
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.accountId, accountId))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
  return rows.map(toApiKey);
}

export async function revokeApiKey(
  database: Database,
  { accountId, apiKeyId }: Owner & { apiKeyId: string },
): Promise<void> {
  const revoked = await database
    .delete(apiKeys)
    .where(and(eq(apiKeys.id, apiKeyId), eq(apiKeys.accountId, accountId)))
    .returning({ id: apiKeys.id });
  if (revoked.length === 0) throw new Failure("not-found", "There is no such API key, or it is not yours.");
}

/** `disabledAt` is since when its account is kept out. */
type FoundApiKey = { id: string; accountId: string; lastUsedAt: Date | null; disabledAt: Date | null };

/** Whose key this is; undefined if it is nobody's, or not any more. */
export async function findApiKey(database: Database, key: string): Promise<FoundApiKey | undefined> {
  const [found] = await database
    .select({
      id: apiKeys.id,
      accountId: apiKeys.accountId,
      lastUsedAt: apiKeys.lastUsedAt,
      disabledAt: accounts.disabledAt,
    })
    .from(apiKeys)
    .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
    .where(eq(apiKeys.hash, hashOf(key)));
  return found;
}

export async function noteApiKeyUse(database: Database, apiKeyId: string): Promise<void> {
  await database.update(apiKeys).set({ lastUsedAt: sql`now()` }).where(eq(apiKeys.id, apiKeyId));
}

/** A key is as random as its hash, so a fast hash without salt keeps it; a slow one would be paid for by each request. */
const hashOf = (key: string) => createHash("sha256").update(key).digest("hex");

function toApiKey(row: typeof apiKeys.$inferSelect): ApiKey {
  return {
    id: row.id,
    name: row.name,
    ending: row.ending,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
