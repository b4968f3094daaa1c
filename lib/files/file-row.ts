import { files } from "#drizzle/schema";
import { addressOfFile, FILE_TYPES, type StoredFile, TEXT_TYPE } from "#lib/protocol/file";

/** What is known of a file, without its bytes. */
export const fileColumns = {
  id: files.id,
  accountId: files.accountId,
  name: files.name,
  mediaType: files.mediaType,
  size: files.size,
};

export function toFile({
  id,
  name,
  mediaType,
  size,
}: Omit<StoredFile, "url" | "mediaType"> & { mediaType: string }): StoredFile {
  const known = FILE_TYPES.find((type) => type === mediaType) ?? TEXT_TYPE;
  return { id, name, mediaType: known, size, url: addressOfFile(id) };
}
