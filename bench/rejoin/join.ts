import type { Api } from "#e2e/api";
import { chunksOf, isControl, readFrames, readUntil } from "#e2e/frames";
import type { InFlight } from "./in-flight.ts";

/** What it took a reader to have the last word, and whether it then had every word. */
export type Joined = { ms: number; bytes: number; missed: number };

/** A way to come to an answer that is being written. */
export type Way = { name: string; join(api: Api, answer: InFlight): Promise<Joined> };

const after = (share: number): Way => ({
  name: `after ${share * 100} %`,
  async join(api, answer) {
    const hangUp = new AbortController();
    const place = answer.at(share);
    const startedAtMs = performance.now();
    const response = await api.fetch(`/api/conversations/${answer.conversationId}/events?after=${place}`, {
      headers: { accept: "text/event-stream" },
      signal: hangUp.signal,
    });
    if (!response.body) throw new Error(`answered ${response.status}`);
    let bytes = 0;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          bytes += piece.length;
          controller.enqueue(piece);
        },
      }),
    );
    const frames = await readUntil(readFrames(counted), isControl);
    const ms = performance.now() - startedAtMs;
    hangUp.abort();
    const told = chunksOf(frames).map((chunk) => (chunk.type === "text-delta" ? chunk.delta : ""));
    return { ms, bytes, missed: told.join("") === answer.textAfter(share) ? 0 : 1 };
  },
});

const bySnapshot: Way = {
  name: "snapshot",
  async join(api, answer) {
    const startedAtMs = performance.now();
    const response = await api.fetch(`/api/conversations/${answer.conversationId}`);
    const body = await response.text();
    const { messages } = JSON.parse(body);
    const ms = performance.now() - startedAtMs;
    const part = messages.at(-1).parts.at(-1);
    return { ms, bytes: Buffer.byteLength(body), missed: part.text === answer.textAfter(0) ? 0 : 1 };
  },
};

export const WAYS: Way[] = [after(0), after(0.5), after(0.99), bySnapshot];
