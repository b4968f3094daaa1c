import type { ServerResponse } from "node:http";
import { vi } from "vitest";
import type {
  ConversationEntry,
  ConversationEvent,
  Generation,
  Message,
  Snapshot,
} from "#lib/protocol/event";
import { foldEntries } from "#lib/protocol/fold";
import { newId } from "#lib/protocol/ids";
import { emptySnapshot } from "./empty-snapshot.ts";
import { type Answer, answerJson, type LogServer } from "./test-log-server.ts";

const START_MS = Date.parse("2026-01-01T00:00:00.000Z");

/** One conversation on a log server, for tests: it is written to as the real server writes. */
export function createFakeConversation(server: LogServer) {
  const id = newId();
  let seconds = 0;
  const sendCall = `POST /api/conversations/${id}/messages`;

  /** What the server's fold of the log is now: the truth that every store must come to. */
  const truth = (): Snapshot => foldEntries(empty(), server.log(id) as ConversationEntry[]);
  const empty = (): Snapshot => emptySnapshot(id, new Date(START_MS).toISOString());
  /** Every moment is a second after the last one, so that age is never a matter of chance. */
  const later = () => new Date(START_MS + ++seconds * 1_000).toISOString();
  const append = (...events: ConversationEvent[]) => server.append(id, ...events);

  function messageOf(message: Pick<Message, "role" | "parentId" | "parts"> & { id?: string }): Message {
    return { id: newId(), conversationId: id, createdAt: later(), ...message };
  }

  /** A prompt, its empty answer and its generation. */
  function appendPrompt(text: string, place: { id?: string; parentId?: string | null } = {}) {
    const { id: promptId = newId(), parentId = truth().conversation.leafId } = place;
    const prompt = messageOf({ id: promptId, role: "user", parentId, parts: [{ type: "text", text }] });
    const answer = messageOf({ role: "assistant", parentId: prompt.id, parts: [] });
    const model = "demo/demo";
    const generation: Generation = {
      ...{
        id: newId(),
        conversationId: id,
        messageId: answer.id,
        model,
        status: "queued",
        attempt: 1,
        createdAt: later(),
      },
    };
    append(
      { type: "message-added", message: prompt },
      { type: "message-added", message: answer },
      { type: "generation-queued", generation },
    );
    return { prompt, answer, generation };
  }

  function start(generation: Generation) {
    append({ type: "generation-start", generation: { ...generation, status: "running" } });
    append({ type: "chunk", generationId: generation.id, chunks: [{ type: "text-start", id: "0" }] });
  }

  function say(generation: Generation, text: string) {
    append({
      type: "chunk",
      generationId: generation.id,
      chunks: [{ type: "text-delta", id: "0", delta: text }],
    });
  }

  function end(generation: Generation, status: "completed" | "cancelled" = "completed") {
    const message = truth().messages.find((known) => known.id === generation.messageId);
    if (message) append({ type: "generation-end", generation: { ...generation, status }, message });
  }

  /** From now on the server takes prompts, however often each is sent. Returns the ids that it took. */
  function takePrompts(): string[] {
    const taken = new Map<string, object>();
    const ids: string[] = [];
    server.routes.set(sendCall, (_request, response, body) => {
      const { id, parts, parentId } = body as {
        id: string;
        parts: [{ text: string }];
        parentId?: string | null;
      };
      const before = taken.get(id);
      if (before) return answerJson(response, 200, before);
      const place = parentId === undefined ? { id } : { id, parentId };
      const { prompt, answer, generation } = appendPrompt(parts[0].text, place);
      const sent = { messageId: prompt.id, answerId: answer.id, generationId: generation.id, sequence: 1 };
      taken.set(id, sent);
      ids.push(id);
      answerJson(response, 202, sent);
    });
    return ids;
  }

  return {
    id,
    truth,
    empty,
    append,
    appendPrompt,
    start,
    say,
    end,
    takePrompts,

    /** From now on every prompt is answered like this. */
    answerPrompts: (answer: Answer) => void server.routes.set(sendCall, answer),
    losePrompts: () => void server.routes.set(sendCall, (_request, response) => response.destroy()),

    /** The next prompt is taken, and the network loses the answer. */
    loseNextAnswer() {
      const ids = takePrompts();
      const take = server.routes.get(sendCall);
      server.routes.set(sendCall, (request, response, body) => {
        server.routes.set(sendCall, take ?? vi.fn());
        const lost = { writeHead: () => lost, end: () => response.destroy() } as unknown as ServerResponse;
        take?.(request, lost, body);
      });
      return ids;
    },

    sentIds: () =>
      server.calls.filter(({ name }) => name === sendCall).map(({ body }) => (body as { id: string }).id),

    takeCancels(generation: Generation) {
      server.routes.set(`POST /api/generations/${generation.id}/cancel`, (_request, response) => {
        end(generation, "cancelled");
        const cancelled = { ...generation, status: "cancelled" };
        answerJson(response, 200, { generation: cancelled, sequence: truth().sequence });
      });
    },
  };
}

export type FakeConversation = ReturnType<typeof createFakeConversation>;
