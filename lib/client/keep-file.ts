import { ACCOUNT_HEADER } from "#lib/protocol/api";
import { FILE_NAME_MAX_LENGTH, keptFileSchema, type StoredFile } from "#lib/protocol/file";
import { answered } from "./ask.ts";
import type { Upload } from "./upload.ts";

export type FileToKeep = { id: string; name: string; blob: Blob };
export type KeepFile = ReturnType<typeof createKeepFile>;

/** Uploads a file. Safe to ask again under the same id: it is one file. Throws as `ask` does. */
export function createKeepFile({ upload, accountId }: { upload: Upload; accountId: string }) {
  return async (
    { id, name, blob }: FileToKeep,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void },
  ): Promise<StoredFile> => {
    const query = new URLSearchParams({ id, name: name.slice(0, FILE_NAME_MAX_LENGTH) || "file" });
    const headers = {
      accept: "application/json",
      "content-type": blob.type || "application/octet-stream",
      [ACCOUNT_HEADER]: accountId,
    };
    const send = () => upload(`/api/files?${query}`, blob, { headers, signal, onProgress });
    return (await answered(send, keptFileSchema)).answer.file;
  };
}
