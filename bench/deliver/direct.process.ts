import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { pipeUIMessageStreamToResponse } from "ai";
import { sayReady } from "../say-ready.ts";
import { uiStream } from "./ui-stream.ts";

/**
 * A server that hands on what a model says and keeps nothing, on bare Node: nobody can be quicker. Argument: the
 * model server. A request's body is the prompt.
 */
const [providerUrl = ""] = process.argv.slice(2);
const server = createServer(async (request, response) => {
  const stream = uiStream(providerUrl, await text(request));
  await pipeUIMessageStreamToResponse({ response, stream });
});
server.listen(0, "127.0.0.1", () => {
  sayReady(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
