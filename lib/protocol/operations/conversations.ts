import { z } from "zod";
import {
  changeConversationBody,
  changedSchema,
  conversationListQuery,
  conversationListSchema,
  createConversationBody,
  createdSchema,
  markReadBody,
} from "../api.ts";
import { snapshotSchema } from "../event.ts";
import { idSchema } from "../ids.ts";
import type { Operation } from "../operation.ts";

const params = z.object({ conversationId: idSchema });

export const conversationOperations = {
  listConversations: {
    method: "GET",
    path: "/api/conversations",
    summary: "The account's conversations, the newest first, page by page",
    by: "account",
    query: conversationListQuery,
    answers: { 200: { json: conversationListSchema } },
  },
  createConversation: {
    method: "POST",
    path: "/api/conversations",
    summary: "Make a conversation; the same id again answers 200 with the one there is",
    by: "account",
    body: createConversationBody,
    answers: { 200: { json: createdSchema }, 201: { json: createdSchema } },
  },
  loadSnapshot: {
    method: "GET",
    path: "/api/conversations/{conversationId}",
    summary: "A conversation and the sequence it is true at",
    by: "account",
    params,
    answers: { 200: { json: snapshotSchema } },
  },
  changeConversation: {
    method: "PATCH",
    path: "/api/conversations/{conversationId}",
    summary: "Rename, pin or archive it, set its model or instructions, or show another branch",
    by: "account",
    params,
    body: changeConversationBody,
    answers: { 200: { json: changedSchema } },
  },
  deleteConversation: {
    method: "DELETE",
    path: "/api/conversations/{conversationId}",
    summary: "Delete a conversation; an answer in flight is cancelled, and its lines end",
    by: "account",
    params,
    answers: { 204: {} },
  },
  restoreConversation: {
    method: "POST",
    path: "/api/conversations/{conversationId}/restore",
    summary:
      "Bring back what was deleted in the last 24 hours; again, or of what is there, says what there is",
    by: "account",
    params,
    answers: { 200: { json: createdSchema } },
  },
  markRead: {
    method: "POST",
    path: "/api/conversations/{conversationId}/read",
    summary: "Say up to which sequence somebody has read",
    by: "account",
    params,
    body: markReadBody,
    answers: { 204: {} },
  },
} satisfies Record<string, Operation>;
