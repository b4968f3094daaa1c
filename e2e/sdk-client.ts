import { readUIMessageStream, type UIMessage, type UIMessageChunk } from "ai";
import type { Api } from "./api.ts";

/** The two ways in which a program says whom it speaks for. */
export const WAYS = ["a cookie", "an API key"] as const;

export async function headersBy(way: (typeof WAYS)[number], api: Api): Promise<Record<string, string>> {
  return way === "a cookie"
    ? { cookie: api.cookie ?? "" }
    : { authorization: `Bearer ${await makeKey(api)}` };
}

export async function makeKey(api: Api): Promise<string> {
  const { status, body } = await api.ask<{ key: string }>("/api/api-keys", { body: { name: "A program" } });
  if (status !== 201) throw new Error(`no key was made: ${status} ${JSON.stringify(body)}`);
  return body.key;
}

/** A message as a client of the AI SDK makes it, with an id that is no UUID. */
export const says = (id: string, text: string): UIMessage => ({
  id,
  role: "user",
  parts: [{ type: "text", text }],
});

export const wordsOf = (message: Pick<UIMessage, "parts"> | undefined): string =>
  (message?.parts ?? []).map((part) => (part.type === "text" ? part.text : "")).join("");

export type Reading = {
  /** What has come so far. */
  message(): UIMessage | undefined;
  /** Resolves once it is as wanted. Rejects if the stream ended or broke before. */
  until(isSo: (message: UIMessage) => boolean): Promise<UIMessage>;
  /** How it ended: with what was read, or why it was not read to its end. */
  end: Promise<{ message: UIMessage | undefined; error?: unknown; last: UIMessageChunk | undefined }>;
};

/** Reads an answer as the AI SDK itself does. */
export function readAnswer(stream: ReadableStream<UIMessageChunk>): Reading {
  let message: UIMessage | undefined;
  let last: UIMessageChunk | undefined;
  const looks = new Set<() => void>();
  const looking = stream.pipeThrough(
    new TransformStream<UIMessageChunk, UIMessageChunk>({
      transform(chunk, controller) {
        last = chunk;
        controller.enqueue(chunk);
      },
    }),
  );

  async function read() {
    for await (const next of readUIMessageStream({ stream: looking, terminateOnError: true })) {
      message = next;
      for (const look of looks) look();
    }
  }

  const end = read().then(
    () => ({ message, last }),
    (error: unknown) => ({ message, last, error }),
  );
  return {
    message: () => message,
    until: (isSo) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!message || !isSo(message)) return;
          looks.delete(look);
          resolve(message);
        };
        looks.add(look);
        look();
        void end.then((how) => reject(new Error(`the answer ended before: ${JSON.stringify(how)}`)));
      }),
    end,
  };
}

export const hasCounted = (number: number) => (message: UIMessage) =>
  wordsOf(message)
    .split(" ")
    .some((word) => Number(word) >= number);
