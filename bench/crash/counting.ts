import { randomUUID } from "node:crypto";
import { ask } from "#bench/outside/ask";
import { openReader, type Reader } from "#bench/outside/reader";
import type { Sent } from "#lib/protocol/api";

/** An answer that counts on for longer than any round, and somebody who reads it. */
export type Counting = { generationId: string; reader: Reader; stop(url: string): Promise<number> };

const PROMPT = "count to 100000, 20 ms apart";
/** Long enough to be in the middle of it. */
const UNDER_WAY_WORDS = 10;

/** Sends to the first, reads at all in turn. */
export async function startCounting({
  sendTo,
  readAt,
  cookie,
}: {
  sendTo: string;
  readAt: string[];
  cookie: string;
}): Promise<Counting> {
  const conversationId = randomUUID();
  const { body } = await ask<Sent>({
    url: `${sendTo}/api/conversations/${conversationId}/messages`,
    method: "POST",
    cookie,
    body: { id: randomUUID(), text: PROMPT },
  });
  const { generationId } = body;
  const reader = openReader({ urls: readAt, cookie, conversationId, onWord: () => undefined });
  await reader.until(({ word }) => word >= UNDER_WAY_WORDS);
  return {
    generationId,
    reader,
    /** Ends it, and returns what its reader missed or got twice. */
    async stop(url) {
      await ask({ url: `${url}/api/generations/${generationId}/cancel`, method: "POST", cookie, body: {} });
      await reader.until(({ ends }) => ends > 0);
      await reader.leave();
      const { gaps, doubles, lostWords, doubledWords } = reader.seen;
      return gaps + doubles + lostWords + doubledWords;
    },
  };
}
