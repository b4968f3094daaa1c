import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { giveBuiltSettings } from "#scripts/built-settings";
import { INVOCATION_HEADER } from "./invocation.ts";

// One instance of the app as a function, in a process of its own, which knows nothing of `scripts/serve.ts`: whoever
// started it thaws it, freezes it and throws it away. It tells when an invocation is over, which is when its answer has
// ended and everything that it wanted to live for is done.

type Context = { waitUntil(work: Promise<unknown>): void };

const contexts = new AsyncLocalStorage<Context>();
// Where Next looks for what its platform offers.
Object.assign(globalThis, { [Symbol.for("@next/request-context")]: { get: () => contexts.getStore() } });
process.on("disconnect", () => process.exit());

giveBuiltSettings();
const { default: next } = await import("next");
const server = createServer();
server.listen(0);
await once(server, "listening");
const { port } = server.address() as AddressInfo;
const app = next({ dev: false, dir: process.cwd(), port, httpServer: server });
await app.prepare();
const answer = app.getRequestHandler();

server.on("request", async (request, response) => {
  const works: Promise<unknown>[] = [once(response, "close")];
  const context: Context = { waitUntil: (work) => void works.push(work) };
  await contexts.run(context, () => answer(request, response));
  // Some of the work may bring more.
  for (const work of works) await work;
  const id = request.headers[INVOCATION_HEADER];
  if (id) process.send?.({ over: id });
});
// What is loaded by the first request belongs to the start.
await fetch(`http://localhost:${port}/api/health`);
process.send?.({ port });
