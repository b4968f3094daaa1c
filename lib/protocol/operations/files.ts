import { z } from "zod";
import { FILE_NAME_MAX_LENGTH, FILE_TYPES, keptFileSchema } from "../file.ts";
import { idSchema } from "../ids.ts";
import type { Operation } from "../operation.ts";

export const fileOperations = {
  keepFile: {
    method: "POST",
    path: "/api/files",
    summary: "Keep a file, to attach it to a prompt; the same id again is the same file",
    by: "account",
    query: z.object({
      name: z.string().trim().min(1).max(FILE_NAME_MAX_LENGTH).default("file"),
      id: idSchema.optional().describe("A UUID of your making, so that sending again keeps it once."),
    }),
    bytes: true,
    answers: { 200: { json: keptFileSchema }, 201: { json: keptFileSchema } },
  },
  readFile: {
    method: "GET",
    path: "/api/files/{fileId}",
    summary: "The bytes of a file",
    by: "account",
    params: z.object({ fileId: idSchema }),
    answers: { 200: { bytes: FILE_TYPES } },
  },
} satisfies Record<string, Operation>;
