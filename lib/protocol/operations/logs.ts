import { z } from "zod";
import { idSchema } from "../ids.ts";
import type { Operation } from "../operation.ts";
import { followQuery, placesQuery, positionText, sequenceText } from "../place.ts";
import { frameSchema, namedFrameSchema, namedPageSchema, pageSchema } from "../told.ts";

export const logOperations = {
  followConversation: {
    method: "GET",
    path: "/api/conversations/{conversationId}/events",
    summary: "What came after a sequence, as a line that stays open or as a page",
    by: "account",
    params: z.object({ conversationId: idSchema }),
    query: followQuery,
    headers: z.object({ "last-event-id": sequenceText.optional().describe("Wins over `after`.") }),
    answers: { 200: { json: pageSchema, events: frameSchema } },
  },
  followLogs: {
    method: "GET",
    path: "/api/follow",
    summary:
      "Several logs on one line: the account's own (`account:7`) and any of its conversations' (`<id>:813`)",
    by: "account",
    query: placesQuery,
    headers: z.object({
      "last-event-id": positionText
        .optional()
        .describe("The position of the line, as its frames' ids give it."),
    }),
    answers: { 200: { json: namedPageSchema, events: namedFrameSchema } },
  },
} satisfies Record<string, Operation>;
