import type { Database } from "#lib/database/client";
import { type FileWithBytes, readSentFile } from "#lib/files/read-file";
import { isFileShown } from "#lib/protocol/share-view";
import { loadShared } from "./load-share.ts";
import { noSuchShare } from "./shared.ts";

/**
 * A file that stands in what a link leads to. It must have been sent in that very conversation: a message may name any
 * file, and what it names need not be its author's.
 */
export async function loadSharedFile(
  database: Database,
  { shareToken, fileId }: { shareToken: string; fileId: string },
): Promise<FileWithBytes> {
  const snapshot = await loadShared(database, shareToken);
  const conversationId = snapshot.conversation.id;
  const file = isFileShown(snapshot, fileId)
    ? await readSentFile(database, { conversationId, fileId })
    : undefined;
  if (!file) throw noSuchShare();
  return file;
}
