import { decodeFrames, type Frame } from "#lib/protocol/sse";
import { type Fetch, failureOf, isOfTheNetwork } from "./ask.ts";

/** How a request for a line ended. None of these is the end of an answer: that is an event in its log. */
export type RequestEnd =
  | { kind: "lost"; atLeastMs: number }
  /** There are too many lines, and this one is not to be asked for again before so long. */
  | { kind: "refused"; atLeastMs: number }
  /** Not the server answered, but something on the way that wants to be talked to first. */
  | { kind: "captive" }
  | { kind: "signed-out" }
  /** One of the logs is not there, or not this account's. */
  | { kind: "not-found" };

/**
 * Asks for a line once and hands over what it brings, until it ends. It never rejects: a network that fails, a
 * body that ends without a word and a page that is no event stream are all the same lost line.
 *
 * @param onHeard told whenever bytes come, also those that are no frame yet
 * @param onFrame not called once `signal` is aborted
 */
export async function receive({
  fetch,
  address,
  signal,
  onHeard,
  onFrame,
}: {
  fetch: Fetch;
  address: string;
  signal: AbortSignal;
  onHeard: () => void;
  onFrame: (frame: Frame) => void;
}): Promise<RequestEnd> {
  const response = await open(fetch, address, { accept: "text/event-stream", signal });
  if (!response) return LOST;
  if (isOfTheNetwork(response, "text/event-stream")) return CAPTIVE;
  if (!response.ok) return refusal(response);
  if (!response.body) return LOST;
  const pieces = response.body.getReader();
  const decode = decodeFrames();
  for (;;) {
    const piece = await read(pieces);
    if (!piece || signal.aborted) return LOST;
    onHeard();
    for (const frame of decode(piece)) {
      if (signal.aborted) return LOST;
      onFrame(frame);
    }
  }
}

export const LOST: RequestEnd = { kind: "lost", atLeastMs: 0 };
export const CAPTIVE: RequestEnd = { kind: "captive" };

/**
 * Every browser words a failure differently, so none is told from another: there is an answer or there is none.
 * The server never sends elsewhere, so nobody is followed who does.
 */
export async function open(
  fetch: Fetch,
  address: string,
  { accept, signal }: { accept: string; signal: AbortSignal },
): Promise<Response | undefined> {
  try {
    return await fetch(address, { headers: { accept }, cache: "no-store", redirect: "manual", signal });
  } catch {
    return undefined;
  }
}

/** The next bytes; undefined when there are no more, cleanly ended or broken off. */
async function read(pieces: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return (await pieces.read()).value;
  } catch {
    return undefined;
  }
}

/** Why it was not a success. */
export async function refusal(response: Response): Promise<RequestEnd> {
  // A refusal counts only in our server's own words: proxies answer 401 and 404 too, while it restarts.
  try {
    const failure = await failureOf(response);
    if (failure.code === "not-signed-in") return { kind: "signed-out" };
    if (failure.code === "not-found") return { kind: "not-found" };
    const kind = failure.code === "rate-limited" ? "refused" : "lost";
    return { kind, atLeastMs: failure.retryAfterMs };
  } catch {
    return LOST; // It broke off before it had said why.
  }
}
