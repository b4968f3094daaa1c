import { eq, sum } from "drizzle-orm";
import { files } from "#drizzle/schema";
import { holdAlone } from "#lib/accounts/accounts";
import type { Database, Transaction } from "#lib/database/client";
import { violatesForeignKey } from "#lib/database/violation";
import { Failure } from "#lib/errors";
import type { StoredFile } from "#lib/protocol/file";
import { newId } from "#lib/protocol/ids";
import { storable } from "#lib/protocol/storable";
import { fileColumns, toFile } from "./file-row.ts";
import { fileTypeOf } from "./file-type.ts";
import { type FileLimits, inMegabytes } from "./limits.ts";

type Given = { accountId: string; id?: string | undefined; name: string; bytes: Uint8Array };

/** Keeps a file until it is sent, and says what it is. The same id and as many bytes again are the same file. */
export async function keepFile(
  { database, fileLimits }: { database: Database; fileLimits: FileLimits },
  { accountId, id = newId(), name, bytes }: Given,
): Promise<{ file: StoredFile; isNew: boolean }> {
  if (bytes.byteLength > fileLimits.fileBytes) throw fileTooLarge(fileLimits);
  const mediaType = fileTypeOf(bytes);
  if (!mediaType) throw notTaken(name);
  return database.transaction(async (transaction) => {
    // Who keeps another file of this account at the same time waits, or both would fit where one does.
    await holdAlone(transaction, accountId);
    const known = await sameAsBefore(transaction, { accountId, id, size: bytes.byteLength });
    if (known) return { file: known, isNew: false };
    if ((await sizeOfAll(transaction, accountId)) + bytes.byteLength > fileLimits.accountBytes) {
      throw accountFull(fileLimits);
    }
    const [row] = await transaction
      .insert(files)
      .values({ id, accountId, name: storable(name), mediaType, size: bytes.byteLength, bytes })
      .onConflictDoNothing()
      .returning(fileColumns)
      .catch(translateNoAccount);
    if (!row) throw idTaken();
    return { file: toFile(row), isNew: true };
  });
}

async function sameAsBefore(
  transaction: Transaction,
  { accountId, id, size }: { accountId: string; id: string; size: number },
): Promise<StoredFile | undefined> {
  const [row] = await transaction.select(fileColumns).from(files).where(eq(files.id, id));
  if (!row) return undefined;
  if (row.accountId !== accountId || row.size !== size) throw idTaken();
  return toFile(row);
}

async function sizeOfAll(transaction: Transaction, accountId: string): Promise<number> {
  const [row] = await transaction
    .select({ size: sum(files.size) })
    .from(files)
    .where(eq(files.accountId, accountId));
  return Number(row?.size ?? 0);
}

/** Whoever sends it may have been deleted in this very moment. */
function translateNoAccount(error: unknown): never {
  if (!violatesForeignKey(error, "files_account_id_accounts_id_fk")) throw error;
  throw new Failure("not-signed-in", "This account is no more. Reload the page to go on.", { cause: error });
}

const idTaken = () => new Failure("id-taken", "This id already names another file. Send it with a new id.");

export const fileTooLarge = ({ fileBytes }: FileLimits) =>
  new Failure("too-large", `A file may have ${inMegabytes(fileBytes)}. Choose a smaller one.`);

const accountFull = ({ accountBytes }: FileLimits) =>
  new Failure(
    "too-large",
    `All files of an account together may have ${inMegabytes(accountBytes)}. Delete conversations with files to make room.`,
  );

const notTaken = (name: string) =>
  new Failure(
    "invalid-request",
    `${name} is neither a picture (PNG, JPEG, GIF, WebP, AVIF), nor a PDF, nor text in UTF-8.`,
  );
