import { randomUUID } from "node:crypto";
import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { DurableStream, IdempotentProducer } from "@durable-streams/client";
import type { Answer, Rival } from "../store.ts";
import { chunkOf } from "../store.ts";

const AT_ONCE = 50;

/** Electric's: a server of its own, spoken to over HTTP by its own client, which gathers tokens while it waits. */
export function durableStreams({ url, folder }: { url: string; folder: string }): Rival {
  return {
    name: "@durable-streams/server",
    durability: "written to its file and synced",
    isInPostgres: false,
    async open() {
      const streams: DurableStream[] = [];

      async function begin(): Promise<Answer> {
        const stream = await DurableStream.create({
          url: `${url}/v1/stream/${randomUUID()}`,
          contentType: "application/json",
        });
        streams.push(stream);
        let failure: Error | undefined;
        const producer = new IdempotentProducer(stream, randomUUID(), {
          onError: (error) => {
            failure = error;
          },
        });
        return {
          write: (token) => producer.append(JSON.stringify(chunkOf(token))),
          async end() {
            await producer.flush();
            if (failure) throw failure;
          },
        };
      }

      return {
        async begin(count) {
          const answers: Answer[] = [];
          while (answers.length < count) {
            const some = Math.min(AT_ONCE, count - answers.length);
            answers.push(...(await Promise.all(Array.from({ length: some }, begin))));
          }
          return answers;
        },
        async keptLength() {
          let length = 0;
          for (const stream of streams) {
            const kept = await (await stream.stream<{ delta: string }>({ live: false })).json();
            for (const { delta } of kept) length += delta.length;
          }
          return length;
        },
        sizeBytes: async () => sizeOf(folder),
        async stop() {
          while (streams.length > 0)
            await Promise.all(streams.splice(0, AT_ONCE).map((stream) => stream.delete()));
        },
      };
    },
  };
}

function sizeOf(folder: string): number {
  return globSync("**/*", { cwd: folder }).reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
}
