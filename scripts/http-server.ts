import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "./refusal.ts";

/** Longer than common proxies keep an idle connection (Caddy: 2 min), so that they never use one we are just closing. */
const KEEP_ALIVE_MS = 130_000;
/** How long a request may take to arrive. Its answer may take as long as it likes: event streams are answers. */
const HEADERS_LIMIT_MS = 60_000;
const REQUEST_LIMIT_MS = 300_000;
/** A copy that was asked to end a moment ago may still listen. */
const HANDOVER_MS = 2_000;
const LOOK_AGAIN_MS = 100;

/** A server that listens already, and leaves requests waiting until it is given something that answers them. */
export async function listenOn(port: number): Promise<HttpServer> {
  const answering = Promise.withResolvers<RequestListener>();
  let isStopping = false;
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_LIMIT_MS, requestTimeout: REQUEST_LIMIT_MS },
    async (request, response) => {
      // Who comes once more over a connection that they kept is sent away with the answer.
      if (isStopping) response.setHeader("connection", "close");
      (await answering.promise)(request, response);
    },
  );
  await listen(server, port);
  return {
    server,
    port: (server.address() as AddressInfo).port,
    answerWith: answering.resolve,
    stopAccepting() {
      isStopping = true;
      server.close();
    },
    // Event streams stay open for ever, so nobody waits for them.
    cut: () => server.closeAllConnections(),
  };
}

export type HttpServer = {
  server: Server;
  port: number;
  answerWith(listener: RequestListener): void;
  stopAccepting(): void;
  cut(): void;
};

async function listen(server: Server, port: number): Promise<void> {
  const deadline = performance.now() + HANDOVER_MS;
  for (;;) {
    server.listen(port);
    try {
      await once(server, "listening"); // Rejects with an "error".
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EADDRINUSE" || performance.now() > deadline) throw inWords(error as Error, port);
    }
    await pause(LOOK_AGAIN_MS);
  }
}

function inWords(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === "EADDRINUSE") {
    return new Refusal(`Port ${port} is taken. Stop what listens there, or set PORT to another one.`);
  }
  if (error.code === "EACCES") return new Refusal(`Port ${port} is reserved. Set PORT to one above 1023.`);
  return error;
}
