import { randomUUID } from "node:crypto";
import { approval, at, type Ids, JSON_ONLY, prompt } from "./access-table.ts";
import type { Ask } from "./api.ts";

/**
 * Where else an id can stand. Asked by a stranger who has things of their own, with an id that is somebody's and with
 * one that is nobody's.
 */
export const PLACES: Record<string, { status: number; ask: (ids: Ids, own: Ids) => [string, Ask?] }> = {
  "the parent of a prompt": {
    status: 400,
    ask: ({ answerId }, own) => [`${at(own)}/messages`, { body: { ...prompt(), parentId: answerId } }],
  },
  "a file of a prompt": {
    status: 400,
    ask: ({ fileId }, own) => {
      const file = { type: "file", mediaType: "text/plain", filename: "a.md", url: `/api/files/${fileId}` };
      return [`${at(own)}/messages`, { body: { id: randomUUID(), parts: [file] } }];
    },
  },
  "the leaf of a conversation": {
    status: 400,
    ask: ({ answerId }, own) => [at(own), { method: "PATCH", body: { leafId: answerId } }],
  },
  "an answer to make again, and the id of the new one": {
    status: 404,
    ask: ({ answerId, promptId }) => [`/api/messages/${answerId}/regenerate`, { body: { id: promptId } }],
  },
  "an answer that asks something": {
    status: 404,
    ask: ({ answerId, generationId }) => [
      `/api/messages/${answerId}/approvals`,
      { body: approval(generationId) },
    ],
  },
  "the generation that goes on with an answer": {
    status: 400,
    ask: ({ generationId }, { answerId }) => [
      `/api/messages/${answerId}/approvals`,
      { body: approval(generationId) },
    ],
  },
  "a log": {
    status: 404,
    ask: ({ conversationId }) => [`/api/follow?log=${conversationId}:7`, { headers: JSON_ONLY }],
  },
  "one log of several": {
    status: 404,
    ask: ({ conversationId }, own) => [
      `/api/follow?log=account:0&log=${own.conversationId}:0&log=${conversationId}:0`,
      { headers: JSON_ONLY },
    ],
  },
  "a log that is an account's": {
    status: 404,
    ask: ({ accountId }) => [`/api/follow?log=${accountId}:0`, { headers: JSON_ONLY }],
  },
  "a conversation that is an account": {
    status: 404,
    ask: ({ accountId }) => [`/api/conversations/${accountId}`],
  },
  "the position of a line": {
    status: 200,
    ask: ({ conversationId, accountId }, own) => [
      `/api/follow?log=${own.conversationId}:0`,
      { headers: { ...JSON_ONLY, "last-event-id": `${conversationId}:1,${accountId}:1` } },
    ],
  },
  "the end of the page before": {
    status: 200,
    ask: ({ conversationId }) => [`/api/conversations?before=2999-01-01T00:00:00.000Z_${conversationId}`],
  },
  "the end of a link": {
    status: 404,
    ask: ({ conversationId }) => [`/api/shares/${conversationId}`],
  },
  "who is meant": {
    status: 401,
    ask: ({ accountId }) => ["/api/conversations", { headers: { "rejoin-account": accountId } }],
  },
};
