import type {
  ConversationEntry,
  ConversationEvent,
  Entry,
  Generation,
  Message,
  Part,
  Snapshot,
} from "./event.ts";
import { applyChunks } from "./parts.ts";
import { withApproval } from "./with-approval.ts";

/** An entry is missing between a snapshot and the next entry. Whoever holds the snapshot loads a new one. */
export class LogGap extends Error {
  readonly code = "log-gap";

  constructor(sequence: number, first: number) {
    super(`the snapshot is at ${sequence} and the next entry begins at ${first}`);
    this.name = "LogGap";
  }
}

/** The whole meaning of a conversation's log. Server and browser run this same function, so they cannot disagree. */
export function fold(snapshot: Snapshot, entry: ConversationEntry): Snapshot {
  return advance(snapshot, entry, apply);
}

export function foldEntries(snapshot: Snapshot, entries: ConversationEntry[]): Snapshot {
  return entries.reduce(fold, snapshot);
}

/**
 * The rule of every log. What the snapshot already holds changes nothing, so replays are harmless; all else must
 * begin right after it. An entry that stands for several and begins within the snapshot cannot be taken apart: a gap.
 */
export function advance<State extends { sequence: number }, Event>(
  snapshot: State,
  entry: Entry<Event>,
  apply: (snapshot: State, event: Event) => State,
): State {
  if (entry.sequence <= snapshot.sequence) return snapshot;
  if (entry.first !== snapshot.sequence + 1) throw new LogGap(snapshot.sequence, entry.first);
  return { ...apply(snapshot, entry.event), sequence: entry.sequence };
}

function apply(snapshot: Snapshot, event: ConversationEvent): Snapshot {
  switch (event.type) {
    case "message-added":
      return added(withMessage(snapshot, event.message), event.message);
    case "generation-queued":
    case "generation-start":
      return withGeneration(snapshot, event.generation);
    case "attempt-start":
      return startAttempt(snapshot, event);
    case "chunk":
      return changeMessage(snapshot, event.generationId, (message) => applyChunks(message, event.chunks));
    case "generation-end":
      return withGeneration(withMessage(snapshot, event.message), event.generation);
    case "part-added":
      return changeNamed(snapshot, event.messageId, (message) => withPart(message, event.part));
    case "approval-given":
      return changeNamed(snapshot, event.messageId, (message) => withApproval(message, event));
    case "leaf-changed":
      return withLeaf(snapshot, event.leafId);
    case "conversation-changed":
      return { ...snapshot, conversation: event.conversation };
    default:
      return snapshot; // Deleted: who shows it decides what is left to show. Or a type that this reader does not know.
  }
}

/** A message holds one of each kind of data. So who loads it when it has come, and is told of it after, has it once. */
function withPart(message: Message, part: Part): Message {
  const isSame = (other: Part) => other.type === part.type && part.type.startsWith("data-");
  const index = message.parts.findIndex(isSame);
  const parts = index < 0 ? [...message.parts, part] : message.parts.with(index, part);
  return { ...message, parts };
}

function startAttempt(
  snapshot: Snapshot,
  { generationId, attempt, keepSteps }: Extract<ConversationEvent, { type: "attempt-start" }>,
): Snapshot {
  const generation = snapshot.generations.find(({ id }) => id === generationId);
  if (!generation) return snapshot;
  const kept = changeMessage(snapshot, generationId, (message) => {
    const parts = firstSteps(message.parts, keepSteps);
    return parts === message.parts ? message : { ...message, parts };
  });
  return withGeneration(kept, { ...generation, attempt, status: "running" });
}

/** The parts up to where the step after the kept ones begins. What stands before the first step goes with it. */
export function firstSteps(parts: Part[], keepSteps: number): Part[] {
  const starts = parts.flatMap((part, index) => (part.type === "step-start" ? [index] : []));
  const end = keepSteps === 0 ? 0 : (starts[keepSteps] ?? parts.length);
  return end === parts.length ? parts : parts.slice(0, end);
}

function changeMessage(
  snapshot: Snapshot,
  generationId: string,
  change: (message: Message) => Message,
): Snapshot {
  const { generations } = snapshot;
  const messageId = generations.findLast(({ id }) => id === generationId)?.messageId;
  return messageId === undefined ? snapshot : changeNamed(snapshot, messageId, change);
}

function changeNamed(snapshot: Snapshot, messageId: string, change: (message: Message) => Message): Snapshot {
  const { messages } = snapshot;
  const index = messages.findLastIndex(({ id }) => id === messageId);
  const message = messages[index];
  if (!message) return snapshot;
  const changed = change(message);
  return changed === message ? snapshot : { ...snapshot, messages: messages.with(index, changed) };
}

function withMessage(snapshot: Snapshot, message: Message): Snapshot {
  return { ...snapshot, messages: withThing(snapshot.messages, message) };
}

function withGeneration(snapshot: Snapshot, generation: Generation): Snapshot {
  return { ...snapshot, generations: withThing(snapshot.generations, generation) };
}

/** What was added last is what is shown, and when the conversation was last used. */
function added(snapshot: Snapshot, { id: leafId, createdAt: updatedAt }: Message): Snapshot {
  return { ...snapshot, conversation: { ...snapshot.conversation, leafId, updatedAt } };
}

function withLeaf(snapshot: Snapshot, leafId: string): Snapshot {
  return { ...snapshot, conversation: { ...snapshot.conversation, leafId } };
}

function withThing<Thing extends { id: string }>(things: Thing[], thing: Thing): Thing[] {
  const index = things.findLastIndex(({ id }) => id === thing.id);
  return index < 0 ? [...things, thing] : things.with(index, thing);
}
