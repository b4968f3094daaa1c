import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type PacedProvider = {
  /** What OPENAI_COMPATIBLE_BASE_URL is set to. */
  url: string;
  /** Words that it has written so far, in all answers. */
  written(): number;
  /** Ends all that it is writing, as if it had said everything. */
  finishAll(): void;
  /** Resolves when the next prompt has come. */
  nextPrompt(): Promise<void>;
  /** When the next reader hangs up on an answer that is not finished. */
  nextHangUp(): Promise<number>;
  stop(): Promise<void>;
};

type Options = {
  /** Between two words of an answer. */
  everyMs: number;
  /** Words are filled up to this many bytes. */
  wordBytes?: number;
  now(): number;
};

type Answer = { response: ServerResponse; startedAtMs: number; words: number };

/** How often it looks whose next word is due. */
const TICK_MS = 2;

/**
 * Speaks OpenAI's chat completions on a port of its own. `paced` says its first word at once and then one word
 * after another, without end, until `finishAll`. Each word is `<number>:<time>`: its place in the answer and the
 * moment at which it is written, in tenths of a millisecond. `held` takes a prompt and says nothing.
 */
export async function startPacedProvider({ everyMs, wordBytes = 0, now }: Options): Promise<PacedProvider> {
  const answers = new Set<Answer>();
  let written = 0;
  let onPrompt: (() => void) | undefined;
  let onHangUp: ((atMs: number) => void) | undefined;

  function say(answer: Answer): void {
    answer.words += 1;
    written += 1;
    const word = `${answer.words}:${Math.round(now() * 10)}`;
    const filled = wordBytes > word.length ? `${word};`.padEnd(wordBytes - 1, ".") : word;
    answer.response.write(`${BEFORE}"${filled} "${AFTER}`);
  }

  // By the clock and not by counting ticks: a late tick delays words and loses none.
  const ticking = setInterval(() => {
    const nowMs = now();
    for (const answer of answers) {
      while (answer.startedAtMs + answer.words * everyMs <= nowMs) say(answer);
    }
  }, TICK_MS);

  const server = createServer(async (request, response) => {
    const { model } = await bodyOf(request);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    const answer = { response, startedAtMs: now(), words: 0 };
    response.on("close", () => {
      answers.delete(answer);
      if (!response.writableFinished) onHangUp?.(now());
    });
    onPrompt?.();
    if (model !== "paced") return;
    answers.add(answer);
    say(answer);
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    written: () => written,
    finishAll() {
      for (const { response } of answers) response.end(END);
      answers.clear();
    },
    nextPrompt: () =>
      new Promise((resolve) => {
        onPrompt = resolve;
      }),
    nextHangUp: () =>
      new Promise((resolve) => {
        onHangUp = resolve;
      }),
    stop() {
      clearInterval(ticking);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const BEFORE =
  'data: {"id":"a","object":"chat.completion.chunk","created":1,"model":"paced","choices":[{"index":0,"delta":{"content":';
const AFTER = '},"finish_reason":null}]}\n\n';
const END =
  'data: {"id":"a","object":"chat.completion.chunk","created":1,"model":"paced","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],' +
  '"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\n\ndata: [DONE]\n\n';

async function bodyOf(request: IncomingMessage): Promise<{ model?: string }> {
  let text = "";
  for await (const piece of request) text += piece;
  return text === "" ? {} : JSON.parse(text);
}
