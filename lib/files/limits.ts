import type { Settings } from "#lib/env";

const MIB = 1024 * 1024;
/** A file that was never sent is deleted after this. */
export const UNSENT_KEPT_HOURS = 24;
/** Files that go in one transaction: each may be large. */
export const DELETE_BATCH_FILES = 10;

/** In bytes: the largest file, and all files of an account together. */
export type FileLimits = { fileBytes: number; accountBytes: number };

export const fileLimitsOf = (
  settings: Pick<Settings, "FILE_MAX_MB" | "FILES_PER_ACCOUNT_MB">,
): FileLimits => ({
  fileBytes: settings.FILE_MAX_MB * MIB,
  accountBytes: settings.FILES_PER_ACCOUNT_MB * MIB,
});

export const inMegabytes = (bytes: number) => `${Math.floor(bytes / MIB)} MB`;
