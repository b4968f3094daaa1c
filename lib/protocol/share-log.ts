import type { Chunk, ConversationEntry, ConversationEvent, Entry, Snapshot } from "./event.ts";
import { sharedFiles, withAddresses } from "./share-files.ts";
import { conversationView, generationView, messageView, shownIds } from "./share-view.ts";

/** Something happened that whoever has only the link is not told. Its number stays, so that none is missing. */
type Withheld = { type: "withheld" };

/** What of an entry is told. `reset`: which branch is shown has changed, and the view is to be loaded anew. */
export type ToldByLink =
  | { kind: "entry"; entry: Entry<ConversationEvent | Withheld> }
  | { kind: "reset"; sequence: number }
  /** It holds nothing that is not told already. */
  | { kind: "nothing" }
  /** The link does not lead here any more. */
  | { kind: "over" };

/**
 * A conversation's log as whoever has its link is told it. It is fed with the log's entries in order, from any number
 * on, and begins with the conversation as it is now: what was written before is told by what is shown now, since a
 * branch, a title or a link of earlier days is nobody's business. Of the conversation only its shape is kept.
 */
export function createShareLog(now: Snapshot, shareToken: string) {
  const address = sharedFiles(shareToken);
  const { sequence: head } = now;
  const places = now.messages.map(({ id, parentId }) => ({ id, parentId }));
  const messageOf = new Map(now.generations.map(({ id, messageId }) => [id, messageId]));
  const open = new Set(now.generations.filter(({ endedAt }) => !endedAt).map(({ id }) => id));
  let conversation = conversationView(now.conversation);
  let shown = shownIds(now);
  /** What is told up to here was told by a reset. */
  let toldUpTo = 0;

  function show(leafId: string | null, sequence: number): ToldByLink {
    conversation = { ...conversation, leafId };
    shown = shownIds({ messages: places, conversation });
    return reset(sequence);
  }

  function reset(sequence: number): ToldByLink {
    toldUpTo = Math.max(head, sequence);
    return { kind: "reset", sequence: toldUpTo };
  }

  const isShown = (generationId: string) => shown.has(messageOf.get(generationId) ?? "");

  /** The event as it is told, undefined for one that is withheld. */
  function view(event: ConversationEvent): ConversationEvent | undefined {
    switch (event.type) {
      case "generation-queued":
      case "generation-start":
        if (!shown.has(event.generation.messageId)) return undefined;
        return { ...event, generation: generationView(event.generation) };
      case "generation-end": {
        const { generation, message } = event;
        if (!shown.has(message.id)) return undefined;
        return { ...event, generation: generationView(generation), message: messageView(message, address) };
      }
      case "attempt-start":
        return isShown(event.generationId) ? event : undefined;
      case "chunk": {
        if (!isShown(event.generationId)) return undefined;
        return { ...event, chunks: withAddresses(event.chunks.filter(isTold), address) };
      }
      case "part-added": {
        if (!shown.has(event.messageId)) return undefined;
        const [part = event.part] = withAddresses([event.part], address);
        return { ...event, part };
      }
      case "approval-given":
        return shown.has(event.messageId) ? event : undefined;
      case "conversation-deleted":
        return event;
      default:
        return undefined; // What is not known here may tell anything.
    }
  }

  function note(event: ConversationEvent) {
    if (!("generation" in event)) return;
    const { id, messageId, endedAt } = event.generation;
    messageOf.set(id, messageId);
    if (endedAt) open.delete(id);
    else open.add(id);
  }

  function told(entry: ConversationEntry, event: ConversationEvent | undefined): ToldByLink {
    return { kind: "entry", entry: { ...entry, event: event ?? { type: "withheld" } } };
  }

  /** What had happened before the conversation came to be as it is now. */
  function tellOfBefore(entry: ConversationEntry): ToldByLink {
    // Of these each may have brought another branch than the reader has, and whether it did is not known here.
    return MAY_TURN.has(entry.event.type) ? reset(head) : told(entry, view(entry.event));
  }

  function tellOfNow(entry: ConversationEntry): ToldByLink {
    const { event, sequence } = entry;
    note(event);
    switch (event.type) {
      case "message-added": {
        const { id, parentId, createdAt } = event.message;
        const goesOn = parentId === conversation.leafId && !places.some((place) => place.id === id);
        places.push({ id, parentId });
        conversation = { ...conversation, updatedAt: createdAt };
        if (!goesOn) return show(id, sequence);
        conversation = { ...conversation, leafId: id };
        shown.add(id);
        return told(entry, { ...event, message: messageView(event.message, address) });
      }
      case "leaf-changed":
        return show(event.leafId, sequence);
      case "conversation-changed": {
        const { shareToken: link, leafId } = event.conversation;
        // A server of an older version does not say.
        if (link !== undefined && link !== shareToken) return { kind: "over" };
        const before = conversation.leafId;
        conversation = conversationView(event.conversation);
        if (leafId !== before) return show(leafId, sequence);
        return told(entry, { type: "conversation-changed", conversation });
      }
      default:
        return told(entry, view(event));
    }
  }

  return {
    tell(entry: ConversationEntry): ToldByLink {
      if (entry.sequence <= toldUpTo) return { kind: "nothing" };
      return entry.sequence <= head ? tellOfBefore(entry) : tellOfNow(entry);
    },

    /** Whether something that is shown is being written. */
    isGenerating: () => [...open].some(isShown),
  };
}

const MAY_TURN = new Set<string>(["message-added", "leaf-changed", "conversation-changed"]);

/** The rest says something of the message as a whole, or of what went wrong, and is shown nowhere. */
function isTold({ type }: Chunk): boolean {
  return !["start", "finish", "message-metadata", "error", "abort"].includes(type);
}
