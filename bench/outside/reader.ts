import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { open } from "./ask.ts";
import { nothingSeen, type OnWord, type Seen, scanFrames } from "./scan-frames.ts";

/** Someone who follows a conversation from its beginning and comes back by number, whatever breaks. */
export type Reader = {
  readonly seen: Seen;
  /** Resolves once what it has seen is as wanted. Looks after each piece that comes. */
  until(isSo: (seen: Seen) => boolean): Promise<void>;
  /** Breaks its connection. It comes back at once. */
  cut(): void;
  /** Reads no more, with its connection open. */
  stall(): void;
  flow(): void;
  leave(): Promise<void>;
};

/** Before it tries again where nobody listened. */
const AGAIN_MS = 50;

/** @param urls the servers that it tries in turn */
export function openReader({
  urls,
  cookie,
  conversationId,
  onWord,
}: {
  urls: string[];
  cookie: string;
  conversationId: string;
  onWord: OnWord;
}): Reader {
  const seen = nothingSeen();
  const looks = new Set<() => void>();
  let leaving = new AbortController();
  let isLeaving = false;
  let isStalled = false;
  let response: IncomingMessage | undefined;

  async function follow(base: string): Promise<void> {
    const url = `${base}/api/conversations/${conversationId}/events?after=${seen.sequence}`;
    const answered = await open({ url, cookie, accept: "text/event-stream", signal: leaving.signal });
    if (answered.statusCode !== 200) {
      answered.destroy();
      throw new Error(`${url} answered ${answered.statusCode}`);
    }
    response = answered.setEncoding("utf8");
    if (isStalled) response.pause();
    const scan = scanFrames(seen, onWord);
    response.on("data", (piece: string) => {
      scan(piece);
      for (const look of looks) look();
    });
    await new Promise<void>((resolve) => answered.once("close", resolve).on("error", () => resolve()));
  }

  async function stay(): Promise<void> {
    for (let turn = 0; !isLeaving; turn += 1) {
      // That lines break is what readers are for.
      await follow(urls[turn % urls.length] ?? "").catch(() => pause(isLeaving ? 0 : AGAIN_MS));
    }
  }

  function cut(): void {
    leaving.abort();
    leaving = new AbortController();
  }

  const staying = stay();
  return {
    seen,
    until: (isSo) =>
      new Promise((resolve) => {
        const look = () => {
          if (!isSo(seen)) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
    cut,
    stall() {
      isStalled = true;
      response?.pause();
    },
    flow() {
      isStalled = false;
      response?.resume();
    },
    async leave() {
      isLeaving = true;
      cut();
      await staying;
    },
  };
}
