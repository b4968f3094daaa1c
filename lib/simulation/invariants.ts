import { isDeepStrictEqual } from "node:util";
import type { Sql } from "postgres";
import type { ConversationEvent, Snapshot } from "#lib/protocol/event";
import { WORDS, wordOf } from "./scripted-reply.ts";

type Row = { sequence: number; event: ConversationEvent };

/** What must be true of a conversation when all is quiet. Returns what is not. */
export async function brokenInvariants(
  sql: Sql,
  stored: Snapshot,
  readers: (Snapshot | undefined)[],
): Promise<string[]> {
  const { id } = stored.conversation;
  const rows = await sql<{ sequence: number; text: string }[]>`
    select sequence, event::text as text from entries where log_id = ${id} order by sequence`;
  const log = rows.map(({ sequence, text }): Row => ({ sequence, event: JSON.parse(text) }));
  const broken: string[] = [];
  const must = (isTrue: boolean, sentence: string) => {
    if (!isTrue) broken.push(sentence);
  };

  must(
    log.every(({ sequence }, index) => sequence === index + 1),
    "I1: sequences are not 1…head",
  );
  must(stored.sequence === log.length, "I1: the head is not the last entry");
  for (const generation of stored.generations) {
    const own = log.filter(({ event }) => generationOf(event) === generation.id);
    const ends = own.filter(({ event }) => event.type === "generation-end");
    must(ends.length === 1, `I4: a generation has ${ends.length} ends`);
    must(own.at(-1)?.event.type === "generation-end", "I4: something follows a generation's end");
    must(attemptsAreInOrder(own), "I3: a replaced attempt was written");
    const text = textOf(stored, generation.messageId);
    must(
      generation.status !== "completed" || isWhole(text, generation.attempt),
      `I5: a completed answer is "${text}"`,
    );
  }
  const prompts = stored.messages.filter(({ role }) => role === "user").length;
  must(stored.generations.length === prompts, "I7: a prompt has not exactly one generation");
  for (const [index, reader] of readers.entries()) {
    must(
      reader?.sequence === stored.sequence,
      `a reader stands still at ${reader?.sequence}, the log is at ${stored.sequence}`,
    );
    const isSame = reader !== undefined && isDeepStrictEqual(comparable(reader), comparable(stored));
    must(isSame, `I6: reader ${index} differs from what is stored`);
  }
  return broken;
}

function generationOf(event: ConversationEvent): string | undefined {
  if ("generationId" in event) return event.generationId;
  return "generation" in event ? event.generation.id : undefined;
}

/** After an attempt has started, only its own words come. */
function attemptsAreInOrder(own: Row[]): boolean {
  let attempt = 1;
  for (const { event } of own) {
    if (event.type === "attempt-start") attempt = event.attempt;
    if (event.type !== "chunk") continue;
    const said = event.chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join("");
    if (said.split(" ").some((word) => word !== "" && !word.startsWith(`${attempt}.`))) return false;
  }
  return true;
}

/** All words of one attempt; not always the last, which may have found that only the end was missing. */
function isWhole(text: string, lastAttempt: number): boolean {
  const attempt = Number.parseInt(text, 10);
  const words = Array.from({ length: WORDS }, (_, index) => wordOf(attempt, index));
  return attempt <= lastAttempt && text === words.join("");
}

function textOf(snapshot: Snapshot, messageId: string): string {
  const parts = snapshot.messages.find(({ id }) => id === messageId)?.parts ?? [];
  return parts.map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** As JSON has it: what is undefined is not there. */
const comparable = (snapshot: Snapshot) => JSON.parse(JSON.stringify(snapshot));
