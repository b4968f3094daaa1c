import { z } from "zod";
import { snapshotSchema } from "../event.ts";
import { FILE_TYPES } from "../file.ts";
import { idSchema } from "../ids.ts";
import type { Operation } from "../operation.ts";
import { followQuery, sequenceText } from "../place.ts";
import { sharedSchema, shareTokenSchema } from "../share-token.ts";
import { sharedFrameSchema, sharedPageSchema } from "../told.ts";

const own = z.object({ conversationId: idSchema });
const params = z.object({ shareToken: shareTokenSchema });

export const shareOperations = {
  shareConversation: {
    method: "PUT",
    path: "/api/conversations/{conversationId}/share",
    summary: "Make the link by which anybody may read along; asked again, it is the same one",
    by: "account",
    params: own,
    answers: { 200: { json: sharedSchema } },
  },
  unshareConversation: {
    method: "DELETE",
    path: "/api/conversations/{conversationId}/share",
    summary: "Take the link back; whoever reads by it is told so",
    by: "account",
    params: own,
    answers: { 204: {} },
  },
  loadShare: {
    method: "GET",
    path: "/api/shares/{shareToken}",
    summary: "What a link leads to: the branch that is shown, and the sequence it is true at",
    by: "anybody",
    params,
    answers: { 200: { json: snapshotSchema } },
  },
  followShare: {
    method: "GET",
    path: "/api/shares/{shareToken}/events",
    summary: "What came after a sequence, for whoever has the link; what they are not told is `withheld`",
    by: "anybody",
    params,
    query: followQuery.omit({ until: true }),
    headers: z.object({ "last-event-id": sequenceText.optional().describe("Wins over `after`.") }),
    answers: { 200: { json: sharedPageSchema, events: sharedFrameSchema } },
  },
  loadSharedFile: {
    method: "GET",
    path: "/api/shares/{shareToken}/files/{fileId}",
    summary: "A file of the branch that is shown",
    by: "anybody",
    params: params.extend({ fileId: idSchema }),
    answers: { 200: { bytes: FILE_TYPES } },
  },
} satisfies Record<string, Operation>;
