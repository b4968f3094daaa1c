import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { pacedBody } from "./paced-body.ts";

/**
 * A `fetch` for what the AI SDK asks providers. Each event of a provider costs the same on its way through the AI SDK,
 * however little it says, and at fifty words a second for hundreds of answers that was most of what a process did. So
 * words wait for each other here, before all else. And Node's own client takes half the time for a word that `fetch`
 * takes.
 *
 * @param restMs how long a word that comes now would wait to be written
 */
export function pacedFetch(restMs: () => number): typeof fetch {
  return async (address, init = {}) => {
    const { body } = init;
    if (typeof address !== "string" || typeof body !== "string") return fetch(address, init);
    const answer = await ask(address, { ...init, body });
    const { statusCode: status = 0, statusMessage: statusText = "" } = answer;
    if (REDIRECTS.has(status)) {
      answer.destroy();
      return fetch(address, init);
    }
    return new Response(bodyOf(answer, restMs), { status, statusText, headers: headersOf(answer) });
  };
}

/** Where to go then, and with what, is a science of its own that `fetch` knows. */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** A response without content must have no body at all. */
const NO_CONTENT = 204;

type Asking = RequestInit & { body: string };

/** Fails as `fetch` does, because that is what the AI SDK makes its own failures of. */
function ask(url: string, { method = "GET", headers, body, signal }: Asking): Promise<IncomingMessage> {
  const { request } = url.startsWith("https:") ? https : http;
  const all = { ...Object.fromEntries(new Headers(headers)), "accept-encoding": "identity" };
  return new Promise((resolve, reject) => {
    request(url, { method, headers: all, ...(signal && { signal }) }, resolve)
      .on("error", (cause) =>
        reject(signal?.aborted ? signal.reason : new TypeError("fetch failed", { cause })),
      )
      .end(body);
  });
}

function bodyOf(answer: IncomingMessage, restMs: () => number): BodyInit | null {
  if (answer.statusCode === NO_CONTENT) return null;
  const isEvents = answer.headers["content-type"]?.startsWith("text/event-stream");
  return isEvents ? pacedBody(answer, restMs) : (Readable.toWeb(answer) as ReadableStream);
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  return new Headers(
    Object.entries(headersDistinct).map(([name, values = []]): [string, string] => [name, values.join(", ")]),
  );
}
