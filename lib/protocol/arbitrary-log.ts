import fc from "fast-check";
import { anyChunk, hostileText } from "./arbitraries.ts";
import type { ConversationEntry, ConversationEvent, Generation, Message, Snapshot } from "./event.ts";
import { fold } from "./fold.ts";
import { closeParts } from "./parts.ts";
import { asTool } from "./tool-parts.ts";

/** A conversation as it may begin, and all that is then written into its log. */
export type Log = { snapshot: Snapshot; entries: ConversationEntry[] };

const chunks = fc.array(anyChunk, { maxLength: 8 });

const step = fc.oneof(
  fc.record({ kind: fc.constant("prompt" as const), text: hostileText }),
  fc.record({ kind: fc.constant("answer" as const) }),
  fc.record({ kind: fc.constant("attempt" as const), keepSteps: fc.nat({ max: 2 }) }),
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("chunks" as const), chunks, generation: fc.nat({ max: 2 }) }),
  },
  fc.record({
    kind: fc.constant("end" as const),
    status: fc.constantFrom("completed" as const, "failed" as const),
  }),
  fc.record({
    kind: fc.constant("approval" as const),
    approvalId: fc.constantFrom("approval-1", "toString"),
    approved: fc.boolean(),
    reason: fc.option(hostileText, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant("leaf" as const), message: fc.nat() }),
  fc.record({ kind: fc.constant("title" as const), title: hostileText }),
  fc.record({ kind: fc.constant("part" as const), message: fc.nat(), question: hostileText }),
  fc.record({ kind: fc.constant("stray" as const), chunks }),
  fc.record({ kind: fc.constant("future" as const) }),
  fc.record({ kind: fc.constant("deleted" as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Any log, in any order: also events that tell of what is not there, or comes too late. */
export const anyLog: fc.Arbitrary<Log> = fc
  .tuple(fc.nat({ max: 3 }), fc.array(step, { maxLength: 25, size: "max" }))
  .map(([sequence, steps]) => {
    const before = emptySnapshot(sequence);
    const entries: ConversationEntry[] = [];
    let snapshot = before;
    for (const [index, one] of steps.entries()) {
      for (const event of eventsOf(one, index, snapshot)) {
        const entry = { first: snapshot.sequence + 1, sequence: snapshot.sequence + 1, event };
        entries.push(entry);
        snapshot = fold(snapshot, entry);
      }
    }
    return { snapshot: before, entries };
  });

const TIME = new Date(0).toISOString();

export function numberedId(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

export function emptySnapshot(sequence: number): Snapshot {
  const conversation = {
    id: numberedId(0),
    title: "New conversation",
    model: null,
    instructions: null,
    pinned: false,
    archived: false,
    leafId: null,
    createdAt: TIME,
    updatedAt: TIME,
  };
  return { conversation, messages: [], generations: [], sequence };
}

export function emptyMessage(id: string, role: Message["role"] = "assistant"): Message {
  return { id, conversationId: numberedId(0), parentId: null, role, parts: [], createdAt: TIME };
}

export function queuedGeneration(id: string, messageId: string): Generation {
  const conversationId = numberedId(0);
  return { id, conversationId, messageId, model: "demo/demo", status: "queued", attempt: 1, createdAt: TIME };
}

function* eventsOf(
  one: Step,
  index: number,
  { conversation, messages, generations }: Snapshot,
): Generator<ConversationEvent> {
  const id = (kind: number) => numberedId(kind * 1000 + index);
  const generation = generations.at(-1);
  switch (one.kind) {
    case "prompt":
      yield {
        type: "message-added",
        message: { ...emptyMessage(id(1), "user"), parts: [{ type: "text", text: one.text }] },
      };
      break;
    case "answer":
      yield { type: "message-added", message: emptyMessage(id(2)) };
      yield { type: "generation-queued", generation: queuedGeneration(id(3), id(2)) };
      yield {
        type: "generation-start",
        generation: { ...queuedGeneration(id(3), id(2)), status: "running" },
      };
      break;
    case "attempt":
      if (generation)
        yield {
          type: "attempt-start",
          generationId: generation.id,
          attempt: index,
          keepSteps: one.keepSteps,
        };
      break;
    case "chunks":
      yield { type: "chunk", generationId: generations.at(-one.generation)?.id ?? id(4), chunks: one.chunks };
      break;
    case "end": {
      const message = messages.find((known) => known.id === generation?.messageId);
      if (!generation || !message) break;
      const stored = { ...message, parts: closeParts(message.parts) };
      yield {
        type: "generation-end",
        generation: { ...generation, status: one.status, endedAt: TIME },
        message: stored,
      };
      break;
    }
    case "approval": {
      const { approvalId, approved, reason } = one;
      const asking = messages.find(({ parts }) =>
        parts.some((part) => asTool(part)?.approval?.id === approvalId),
      );
      yield {
        type: "approval-given",
        messageId: asking?.id ?? id(7),
        approvalId,
        approved,
        ...(reason !== undefined && { reason }),
      };
      break;
    }
    case "leaf":
      yield { type: "leaf-changed", leafId: messages[one.message % messages.length]?.id ?? id(5) };
      break;
    case "part":
      yield {
        type: "part-added",
        messageId: messages[one.message % messages.length]?.id ?? id(7),
        part: { type: "data-follow-ups", data: { questions: [one.question] } },
      };
      break;
    case "title":
      yield { type: "conversation-changed", conversation: { ...conversation, title: one.title } };
      break;
    case "stray":
      yield { type: "chunk", generationId: id(6), chunks: one.chunks };
      break;
    case "future":
      yield { type: "message-translated", language: "la" } as unknown as ConversationEvent;
      break;
    case "deleted":
      yield { type: "conversation-deleted" };
  }
}
