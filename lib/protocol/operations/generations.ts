import { z } from "zod";
import {
  approvalBody,
  approvalGivenSchema,
  cancelledSchema,
  endedSchema,
  regenerateBody,
  sendPromptBody,
  sentSchema,
} from "../api.ts";
import { idSchema } from "../ids.ts";
import type { Operation } from "../operation.ts";
import { frameSchema } from "../told.ts";

export const generationOperations = {
  sendPrompt: {
    method: "POST",
    path: "/api/conversations/{conversationId}/messages",
    summary: "Send a prompt; once this is answered, the prompt will be",
    by: "account",
    params: z.object({ conversationId: idSchema }),
    headers: z.object({
      prefer: z
        .string()
        .optional()
        .describe("`wait=<seconds>` holds the answer until the generation has ended."),
    }),
    body: sendPromptBody,
    answers: {
      200: { json: z.union([sentSchema, endedSchema]), events: frameSchema },
      202: { json: sentSchema },
    },
  },
  regenerate: {
    method: "POST",
    path: "/api/messages/{messageId}/regenerate",
    summary: "Make another answer beside this one; `id` is the new answer's",
    by: "account",
    params: z.object({ messageId: idSchema }),
    body: regenerateBody,
    answers: { 200: { json: sentSchema }, 202: { json: sentSchema } },
  },
  giveApproval: {
    method: "POST",
    path: "/api/messages/{messageId}/approvals",
    summary: "Say whether a tool may do what it asked for; `id` is that of the generation that goes on",
    by: "account",
    params: z.object({ messageId: idSchema }),
    body: approvalBody,
    answers: { 200: { json: approvalGivenSchema }, 202: { json: approvalGivenSchema } },
  },
  cancelGeneration: {
    method: "POST",
    path: "/api/generations/{generationId}/cancel",
    summary: "End a generation and keep what was said; again, or after the end, says how it ended",
    by: "account",
    params: z.object({ generationId: idSchema }),
    answers: { 200: { json: cancelledSchema } },
  },
} satisfies Record<string, Operation>;
