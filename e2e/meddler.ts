import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { constants, createGzip } from "node:zlib";

/** What it does to requests and answers on their way. */
export type Meddling = {
  /** Compresses every answer that may be compressed, `no-transform` or not, and passes each piece on at once. */
  compresses?: boolean;
  /** A header of requests that it does not pass on. */
  forgets?: string;
};

export type Meddler = { url: string; stop(): Promise<void> };

/** A proxy that understands what it carries, and changes it. */
export async function startMeddler(target: string, { compresses, forgets }: Meddling): Promise<Meddler> {
  const server = createServer((asked, response) => {
    const headers = { ...asked.headers };
    if (forgets) delete headers[forgets];
    const passed = request(new URL(asked.url ?? "", target), { method: asked.method, headers }, (answer) =>
      compresses && !answer.headers["content-encoding"] ? compress(answer, response) : pass(answer, response),
    );
    passed.once("error", () => response.destroy());
    response.once("close", () => passed.destroy());
    asked.pipe(passed);
  });
  server.listen(0);
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function pass(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  response.flushHeaders();
  answer.pipe(response);
}

function compress(answer: IncomingMessage, response: ServerResponse): void {
  const { "content-length": _, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, { ...headers, "content-encoding": "gzip" });
  response.flushHeaders();
  answer.pipe(createGzip({ flush: constants.Z_SYNC_FLUSH })).pipe(response);
}
