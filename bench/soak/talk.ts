import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { openReader, type Reader } from "#bench/outside/reader";
import type { Sent } from "#lib/protocol/api";
import type { Snapshot } from "#lib/protocol/event";
import { between, shuffled } from "./chance.ts";
import { insist } from "./insist.ts";
import { addSeen, type Tally } from "./tally.ts";

export type Talk = {
  urls: readonly string[];
  cookie: string;
  tally: Tally;
  /** Those who read at this moment, for whoever wants to disturb them. */
  readers: Set<Reader>;
  /** No more prompts after that. */
  until: AbortSignal;
};

const PROMPTS_EACH = 5;
const READERS_EACH = 3;
const WORDS = { fewest: 20, most: 300 };
const APART_MS = { least: 2, most: 40 };
/** One answer in so many is stopped. */
const STOPPED_IN = 4;
const STOP_WITHIN_MS = 3_000;
/** Longer than the longest answer, written three times, with all that a storm does to it. */
const END_LIMIT_MS = 180_000;

/** One conversation of several prompts, read by several devices that came at different times. */
export async function talk(talking: Talk): Promise<void> {
  const { urls, cookie, tally, readers, until } = talking;
  const conversationId = randomUUID();
  await insist(urls, "/api/conversations", { method: "POST", cookie, body: { id: conversationId } });
  const mine: Reader[] = [];
  for (let prompt = 1; prompt <= PROMPTS_EACH && !until.aborted; prompt += 1) {
    const comes = () => {
      const reader = openReader({ urls: shuffled(urls), cookie, conversationId, onWord: () => undefined });
      mine.push(reader);
      readers.add(reader);
    };
    if (mine.length < READERS_EACH) comes();
    const { answerId, generationId } = await send(talking, conversationId);
    if (mine.length < READERS_EACH) comes();
    if (between(1, STOPPED_IN) === 1) {
      await pause(between(0, STOP_WITHIN_MS));
      await insist(urls, `/api/generations/${generationId}/cancel`, { method: "POST", cookie, body: {} });
    }
    const isOver = ({ ends }: { ends: number }) => ends >= prompt;
    const over = Promise.all(mine.map((reader) => reader.until(isOver))).then(() => true);
    if (!(await Promise.race([over, pause(END_LIMIT_MS, false, { ref: false })]))) {
      tally.stuck += 1;
      break;
    }
    await compare(talking, { conversationId, answerId, mine });
  }
  for (const reader of mine) {
    readers.delete(reader);
    addSeen(tally, reader.seen);
    await reader.leave();
  }
}

/** The same message id each time: however often it has to be sent, it is one prompt. */
function send({ urls, cookie }: Talk, conversationId: string): Promise<Sent> {
  const words = between(WORDS.fewest, WORDS.most);
  const text = `count to ${words}, ${between(APART_MS.least, APART_MS.most)} ms apart`;
  const body = { id: randomUUID(), text };
  return insist(urls, `/api/conversations/${conversationId}/messages`, { method: "POST", cookie, body });
}

type Compared = { conversationId: string; answerId: string; mine: Reader[] };

/** Everybody has come to the same word, and it is the last one that is kept. */
async function compare(
  { urls, cookie, tally }: Talk,
  { conversationId, answerId, mine }: Compared,
): Promise<void> {
  const { messages, generations } = await insist<Snapshot>(urls, `/api/conversations/${conversationId}`, {
    cookie,
  });
  const message = messages.find(({ id }) => id === answerId);
  const text = (message?.parts ?? []).map((part) => (part.type === "text" ? part.text : "")).join("");
  const words = text.split(" ").filter((word) => word !== "");
  if (words.some((word, index) => word !== String(index + 1))) tally.garbled += 1;
  const status = generations.find(({ messageId }) => messageId === answerId)?.status;
  if (status === "completed" || status === "cancelled" || status === "failed") tally[status] += 1;
  for (const { seen } of mine) if (seen.word !== words.length) tally.differing += 1;
  tally.words += words.length;
  tally.wordsRead += words.length * mine.length;
}
