import { randomUUID } from "node:crypto";
import { createClient } from "redis";
import { createResumableStreamContext } from "resumable-stream/generic";
import type { Answer, Rival } from "../store.ts";

/** Vercel's: the tokens stay in the memory of the process, and pass through Redis to whoever follows. Here one does. */
export function resumableStream({ url }: { url: string }): Rival {
  return {
    name: "resumable-stream on Redis",
    durability: "published to one follower; kept in the memory of the process that asks the model",
    isInPostgres: false,
    async open() {
      const publisher = createClient({ url });
      const subscriber = createClient({ url });
      await Promise.all([publisher.connect(), subscriber.connect()]);
      const streams = createResumableStreamContext({ waitUntil: null, publisher, subscriber });
      let received = 0;

      async function begin(): Promise<Answer> {
        const id = randomUUID();
        const { readable, writable } = new TransformStream<string, string>();
        const own = await streams.createNewResumableStream(id, () => readable);
        const followed = await streams.resumeExistingStream(id);
        if (!own || !followed) throw new Error("a new stream could not be followed");
        const reading = Promise.all([
          drain(own, () => undefined),
          drain(followed, (text) => {
            received += text.length;
          }),
        ]);
        const writer = writable.getWriter();
        return {
          write: (token) => writer.write(token),
          async end() {
            await writer.close();
            await reading;
          },
        };
      }

      return {
        begin: (count) => Promise.all(Array.from({ length: count }, begin)),
        keptLength: async () => received,
        sizeBytes: async () => 0,
        async stop() {
          await Promise.all([publisher.close(), subscriber.close()]);
        },
      };
    },
  };
}

async function drain(stream: ReadableStream<string>, take: (text: string) => void): Promise<void> {
  for await (const text of stream) take(text);
}
