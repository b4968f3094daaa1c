import type { Database } from "#lib/database/client";
import type { Snapshot } from "#lib/protocol/event";
import { sharedFiles } from "#lib/protocol/share-files";
import { shareView } from "#lib/protocol/share-view";
import { CONSISTENT, readSnapshot } from "./load-snapshot.ts";
import { shared } from "./shared.ts";

/** What a link leads to, and nothing of what its owner has beside. */
export async function loadShare(database: Database, shareToken: string): Promise<Snapshot> {
  return shareView(await loadShared(database, shareToken), sharedFiles(shareToken));
}

/** The whole of it, which is nobody's who has only the link. */
export async function loadShared(database: Database, shareToken: string): Promise<Snapshot> {
  return database.transaction(
    async (transaction) => readSnapshot(transaction, await shared(transaction, shareToken)),
    CONSISTENT,
  );
}
