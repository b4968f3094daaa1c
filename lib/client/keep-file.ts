import { ACCOUNT_HEADER } from "#lib/protocol/api";
import { FILE_NAME_MAX_LENGTH, keptFileSchema, type StoredFile } from "#lib/protocol/file";
import { Disconnected, failureOf, ProblemError } from "./ask.ts";
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
    try {
      const response = await upload(`/api/files?${query}`, blob, { headers, signal, onProgress });
      if (!response.ok) throw await failureOf(response);
      return keptFileSchema.parse(await response.json()).file;
    } catch (error) {
      if (error instanceof ProblemError || error instanceof Disconnected) throw error;
      throw new Disconnected("The server could not be reached", { cause: error });
    }
  };
}
