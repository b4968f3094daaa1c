import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeUIMessageStreamToResponse } from "ai";
import { createClient } from "redis";
import { createResumableStreamContext } from "resumable-stream/generic";
import { sayReady } from "../say-ready.ts";
import { uiStream } from "./ui-stream.ts";

/**
 * A server as the AI SDK's guide to resumable streams builds it. Arguments: the model server and Redis. POST /<id>
 * with a prompt begins an answer, GET /<id> joins it from its beginning; 204 if it has not begun.
 */
const [providerUrl = "", redisUrl = ""] = process.argv.slice(2);
const publisher = createClient({ url: redisUrl });
const subscriber = createClient({ url: redisUrl });
await Promise.all([publisher.connect(), subscriber.connect()]);
const streams = createResumableStreamContext({ waitUntil: null, publisher, subscriber });

const server = createServer(async (request, response) => {
  const id = request.url ?? "";
  if (request.method === "POST") {
    await pipeUIMessageStreamToResponse({
      response,
      stream: uiStream(providerUrl, await text(request)),
      consumeSseStream: async ({ stream }) => void (await streams.createNewResumableStream(id, () => stream)),
    });
    return;
  }
  const joined = await streams.resumeExistingStream(id);
  if (!joined) response.writeHead(204).end();
  else Readable.from(joined).pipe(response);
});
server.listen(0, "127.0.0.1", () => {
  sayReady(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
