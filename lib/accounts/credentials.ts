import { and, eq } from "drizzle-orm";
import { credentials } from "#drizzle/accounts";
import type { Database } from "#lib/database/client";

/** By what better-auth knows a password from who somebody is elsewhere. */
const PASSWORD = "credential";

/** Whether an account signs in by a password that it could change. */
export async function hasPassword(database: Database, accountId: string): Promise<boolean> {
  const found = await database
    .select({ id: credentials.id })
    .from(credentials)
    .where(and(eq(credentials.ownerId, accountId), eq(credentials.providerId, PASSWORD)));
  return found.length > 0;
}
