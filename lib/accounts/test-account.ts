import { accounts } from "#drizzle/accounts";
import type { Database } from "#lib/database/client";
import { newId } from "#lib/protocol/ids";

/** Someone who may have conversations. Returns their id. */
export async function addTestAccount(database: Database): Promise<string> {
  const id = newId();
  await database.insert(accounts).values({ id });
  return id;
}
