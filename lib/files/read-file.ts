import { and, eq } from "drizzle-orm";
import { files } from "#drizzle/schema";
import type { Database } from "#lib/database/client";
import { Failure } from "#lib/errors";
import type { StoredFile } from "#lib/protocol/file";
import { toFile } from "./file-row.ts";

export type FileWithBytes = StoredFile & { bytes: Uint8Array };

/** A file with its bytes, if it is this account's. What is somebody else's answers as what does not exist. */
export async function readFile(
  database: Database,
  { accountId, fileId }: { accountId: string; fileId: string },
): Promise<FileWithBytes> {
  const [row] = await database
    .select()
    .from(files)
    .where(and(eq(files.id, fileId), eq(files.accountId, accountId)));
  if (!row) throw new Failure("not-found", "There is no such file, or it is not yours.");
  return { ...toFile(row), bytes: row.bytes };
}

/** The same for a conversation's model: it reads what was sent in this conversation, and nothing else. */
export async function readSentFile(
  database: Database,
  { conversationId, fileId }: { conversationId: string; fileId: string },
): Promise<FileWithBytes | undefined> {
  const [row] = await database
    .select()
    .from(files)
    .where(and(eq(files.id, fileId), eq(files.conversationId, conversationId)));
  return row && { ...toFile(row), bytes: row.bytes };
}
