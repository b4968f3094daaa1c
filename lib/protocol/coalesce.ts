import type { Chunk, ConversationEntry, ConversationEvent, Entry } from "./event.ts";

/** The same meaning in fewer chunks: adjacent deltas of one part become one. Deltas that say more stay as they are. */
export function coalesceChunks(chunks: Chunk[]): Chunk[] {
  const coalesced: Chunk[] = [];
  let texts: string[] = [];
  let previous: Delta | undefined;
  // Texts are gathered and joined once: to join them one by one would copy the first as often as there are others.
  const close = () => {
    if (previous && texts.length > 1) coalesced[coalesced.length - 1] = previous.withText(texts.join(""));
  };
  for (const chunk of chunks) {
    const delta = deltaOf(chunk);
    if (delta && delta.key === previous?.key) {
      texts.push(delta.text);
      continue;
    }
    close();
    coalesced.push(chunk);
    texts = delta ? [delta.text] : [];
    previous = delta;
  }
  close();
  return coalesced;
}

/**
 * The same log in fewer entries, for those who catch up: adjacent chunk entries of one generation become one that
 * stands for first…sequence. No entry grows beyond `maxBytes`, measured as the length of its event's JSON.
 */
export function joinEntries(entries: ConversationEntry[], maxBytes: number): ConversationEntry[] {
  const joined: ConversationEntry[] = [];
  let group: ChunkEntry[] = [];
  let size = 0;
  const close = () => {
    const [first] = group;
    const last = group.at(-1);
    if (first && last) joined.push(first === last ? first : joinGroup(group, first, last));
    group = [];
  };
  for (const entry of entries) {
    if (!isChunkEntry(entry)) {
      close();
      joined.push(entry);
      continue;
    }
    const previous = group.at(-1);
    const growth = sizeOf(entry.event.chunks, previous?.event.chunks.at(-1));
    if (previous && (!isNext(previous, entry) || size + growth > maxBytes)) close();
    size = group.length > 0 ? size + growth : JSON.stringify(entry.event).length;
    group.push(entry);
  }
  close();
  return joined;
}

type Delta = { key: string; text: string; withText(text: string): Chunk };

const DELTA_KEYS = 3;

/** What a delta adds to which part; undefined for all other chunks, and for deltas with fields that a join would lose. */
function deltaOf(chunk: Chunk): Delta | undefined {
  if (Object.keys(chunk).length !== DELTA_KEYS) return undefined;
  if (chunk.type === "text-delta" || chunk.type === "reasoning-delta") {
    const key = `${chunk.type} ${chunk.id}`;
    return { key, text: chunk.delta, withText: (delta) => ({ ...chunk, delta }) };
  }
  if (chunk.type === "tool-input-delta") {
    const key = `${chunk.type} ${chunk.toolCallId}`;
    return { key, text: chunk.inputTextDelta, withText: (inputTextDelta) => ({ ...chunk, inputTextDelta }) };
  }
  return undefined;
}

type ChunkEntry = Entry<Extract<ConversationEvent, { type: "chunk" }>>;

function isChunkEntry(entry: ConversationEntry): entry is ChunkEntry {
  return entry.event.type === "chunk";
}

/** Entries that do not follow each other are never joined: it would hide that one is missing. */
function isNext(previous: ChunkEntry, entry: ChunkEntry): boolean {
  return entry.first === previous.sequence + 1 && entry.event.generationId === previous.event.generationId;
}

function joinGroup(
  group: ChunkEntry[],
  { first, event }: ChunkEntry,
  { sequence }: ChunkEntry,
): ConversationEntry {
  return {
    first,
    sequence,
    event: { ...event, chunks: coalesceChunks(group.flatMap((entry) => entry.event.chunks)) },
  };
}

/** How much an event grows by these chunks, after the chunk that it ends with. */
function sizeOf(chunks: Chunk[], previous: Chunk | undefined): number {
  let size = 0;
  let key = previous && deltaOf(previous)?.key;
  for (const chunk of chunks) {
    const delta = deltaOf(chunk);
    size += delta && delta.key === key ? JSON.stringify(delta.text).length : JSON.stringify(chunk).length + 1;
    key = delta?.key;
  }
  return size;
}
