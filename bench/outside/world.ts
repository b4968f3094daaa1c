import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Percentiles, percentilesOf } from "#bench/spread";
import { ask, signIn } from "./ask.ts";
import { type PacedProvider, startPacedProvider } from "./paced-provider.ts";
import { openReader, type Reader } from "./reader.ts";
import { type Counted, createTally } from "./tally.ts";

/** A conversation and who looks at it. */
type Exchange = { url: string; cookie: string; conversationId: string; readers: Reader[] };

type Opening = {
  /** The servers. Conversations are spread over them, and the readers of each one too. */
  urls: string[];
  conversations: number;
  readersEach: number;
  /** Whether all conversations are of one account, or each of an account of its own. */
  accounts: "one" | "many";
};

/** How long sends took: until they were accepted, and until the first reader had the first word. */
export type Sent = { acceptedMs: Percentiles; firstWordMs: Percentiles };

/** What all readers together missed, or got twice. */
export type Verdict = {
  gaps: number;
  doubles: number;
  lostWords: number;
  doubledWords: number;
  /** Readers who were told the end of an answer before the provider had ended it. */
  endedEarly: number;
  words: number;
};

type Sending = { text: string; overMs: number; limitMs?: number };

/** So many at a time open a line or send a prompt, where it does not matter how fast. */
const AT_A_TIME = 16;
const SEND_LIMIT_MS = 120_000;
const END_LIMIT_MS = 300_000;

export type World = ReturnType<typeof createWorld>;

/** All that is not the server: people who ask and read, and the provider. */
export function createWorld() {
  const now = () => performance.now();
  const tally = createTally(now);
  let provider: PacedProvider | undefined;
  let exchanges: Exchange[] = [];
  let writtenBefore = 0;
  const readers = () => exchanges.flatMap((exchange) => exchange.readers);

  async function send({ url, cookie, conversationId, readers: [reader] }: Exchange, text: string) {
    const sentAtMs = now();
    await ask({
      url: `${url}/api/conversations/${conversationId}/messages`,
      method: "POST",
      cookie,
      body: { id: randomUUID(), text },
    });
    const acceptedMs = now() - sentAtMs;
    await reader?.until(({ word }) => word > 0);
    return { acceptedMs, firstWordMs: now() - sentAtMs };
  }

  return {
    /** In place of the one before. */
    async startProvider(options: { everyMs: number; wordBytes?: number }): Promise<string> {
      await provider?.stop();
      provider = await startPacedProvider({ ...options, now });
      return provider.url;
    },

    /** Makes conversations and opens lines to them, and waits until nothing more is to be told. */
    async open({ urls, conversations, readersEach, accounts }: Opening): Promise<void> {
      const at = (index: number) => urls[index % urls.length] ?? "";
      const only = accounts === "one" ? await signIn(at(0)) : undefined;
      await inTurn(conversations, async (index) => {
        const url = at(index);
        const cookie = only ?? (await signIn(url));
        const conversationId = randomUUID();
        const body = { id: conversationId };
        await ask({ url: `${url}/api/conversations`, method: "POST", cookie, body });
        exchanges.push({ url, cookie, conversationId, readers: [] });
      });
      await inTurn(conversations * readersEach, async (index) => {
        const { cookie, conversationId, readers } = exchanges[index % conversations] as Exchange;
        const first = (index % conversations) + Math.floor(index / conversations);
        const inOrder = urls.map((_, turn) => at(first + turn));
        const reader = openReader({ urls: inOrder, cookie, conversationId, onWord: tally.onWord });
        readers.push(reader);
        await reader.until(({ isCaughtUp }) => isCaughtUp);
      });
    },

    /**
     * One prompt into each conversation, spread evenly over a time. Each needs a reader. null if not all of them
     * had a word within the limit.
     */
    async send({ text, overMs, limitMs = SEND_LIMIT_MS }: Sending): Promise<Sent | null> {
      const startedAtMs = now();
      const sending = Promise.all(
        exchanges.map(async (exchange, index) => {
          await pause(Math.max(0, startedAtMs + (overMs * index) / exchanges.length - now()));
          return send(exchange, text);
        }),
      );
      const sent = await Promise.race([sending, pause(limitMs, null, { ref: false })]);
      // They may fail yet, when whoever did not answer is gone. Nobody asks any more.
      if (!sent) sending.catch(() => undefined);
      return (
        sent && {
          acceptedMs: percentilesOf(sent.map(({ acceptedMs }) => acceptedMs)),
          firstWordMs: percentilesOf(sent.map(({ firstWordMs }) => firstWordMs)),
        }
      );
    },

    startCounting(): void {
      writtenBefore = provider?.written() ?? 0;
      tally.start();
    },
    stopCounting(): Counted & { written: number } {
      return { ...tally.stop(), written: (provider?.written() ?? 0) - writtenBefore };
    },

    /** So many readers read no more. */
    stall(count: number): void {
      for (const reader of readers().toReversed().slice(0, count)) reader.stall();
    },

    /** The provider ends its answers, all stalled readers go on, and everybody reads to the end. */
    async finish(): Promise<Verdict> {
      const all = readers();
      const endedEarly = all.filter(({ seen }) => seen.ends > 0).length;
      provider?.finishAll();
      for (const reader of all) reader.flow();
      const limit = AbortSignal.timeout(END_LIMIT_MS);
      await Promise.race([
        Promise.all(all.map((reader) => reader.until(({ ends }) => ends > 0))),
        fired(limit),
      ]);
      const sum = (count: (reader: Reader) => number) => all.reduce((total, one) => total + count(one), 0);
      return {
        gaps: sum(({ seen }) => seen.gaps),
        doubles: sum(({ seen }) => seen.doubles),
        lostWords: sum(({ seen }) => seen.lostWords),
        doubledWords: sum(({ seen }) => seen.doubledWords),
        endedEarly,
        words: sum(({ seen }) => seen.word),
      };
    },

    /** Everybody leaves, and what they had is forgotten here. */
    async leave(): Promise<void> {
      await Promise.all(readers().map((reader) => reader.leave()));
      exchanges = [];
    },
  };
}

async function inTurn(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, one));
}

function fired(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}
