import { z } from "zod";
import { createdSchema } from "../api.ts";
import { exportedSchema, IMPORT_BODY_MAX_BYTES, importBody } from "../exported.ts";
import { idSchema } from "../ids.ts";
import type { Operation } from "../operation.ts";

export const MARKDOWN = "text/markdown";

export const portOperations = {
  exportConversation: {
    method: "GET",
    path: "/api/conversations/{conversationId}/export",
    summary: "A conversation as a file: all of it as JSON, or the branch that is shown as Markdown",
    by: "account",
    params: z.object({ conversationId: idSchema }),
    query: z.object({ as: z.enum(["markdown", "json"]).default("json") }),
    answers: { 200: { json: exportedSchema, bytes: [MARKDOWN] } },
  },
  exportAccount: {
    method: "GET",
    path: "/api/export",
    summary: "All of the account's conversations as one file of JSON, one a line",
    by: "account",
    answers: { 200: { json: z.array(exportedSchema) } },
  },
  importConversation: {
    method: "POST",
    path: "/api/import",
    summary: "Take in a conversation from elsewhere; the same one again answers 200 with the one there is",
    by: "account",
    body: importBody,
    bodyMaxBytes: IMPORT_BODY_MAX_BYTES,
    answers: { 200: { json: createdSchema }, 201: { json: createdSchema } },
  },
} satisfies Record<string, Operation>;
