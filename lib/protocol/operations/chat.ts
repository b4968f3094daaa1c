import { chatBody, chatParams } from "../chat.ts";
import { chunkSchema } from "../event.ts";
import type { Operation } from "../operation.ts";

// The same log, as the clients of the AI SDK read it.
export const chatOperations = {
  sendChat: {
    method: "POST",
    path: "/api/chat",
    summary: "Send a prompt as the AI SDK does, and read its answer as a UI message stream",
    by: "account",
    body: chatBody,
    answers: { 200: { events: chunkSchema } },
  },
  followChat: {
    method: "GET",
    path: "/api/chat/{conversationId}/stream",
    summary: "The answer in flight from its beginning, as a UI message stream; 204 if there is none",
    by: "account",
    params: chatParams,
    answers: { 200: { events: chunkSchema }, 204: {} },
  },
} satisfies Record<string, Operation>;
