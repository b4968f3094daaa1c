import type { Frame } from "#lib/protocol/sse";
import { type Fetch, isOfTheNetwork } from "./ask.ts";
import type { Clock } from "./clock.ts";
import { pause } from "./pause.ts";
import { CAPTIVE, LOST, open, type RequestEnd, refusal } from "./receive.ts";
import type { World } from "./world.ts";

/** How long the server may hold an answer until there is something to tell. Shorter than proxies wait. */
const WAIT_SECONDS = 20;
/** Between two pages: an answer that is being written is a few pages a second, and not one for each word. */
const REST_MS = 250;

/**
 * Asks for a line's news page by page, and hands them over as a line would have brought them, until a page does not
 * come. For networks that hold an event stream back. It never rejects.
 *
 * @param address asked anew for each page: the readers' numbers are in it
 */
export async function poll({
  fetch,
  clock,
  world,
  address,
  framesOfPage,
  signal,
  onHeard,
  onFrame,
}: {
  fetch: Fetch;
  clock: Clock;
  world: World;
  address: () => string;
  framesOfPage: (content: unknown) => Frame[];
  signal: AbortSignal;
  onHeard: () => void;
  onFrame: (frame: Frame) => void;
}): Promise<RequestEnd> {
  // The first page tells at once whether this way is open.
  for (let waitSeconds = 0; ; waitSeconds = WAIT_SECONDS) {
    const response = await open(fetch, `${address()}&wait=${waitSeconds}`, {
      accept: "application/json",
      signal,
    });
    if (!response) return LOST;
    if (isOfTheNetwork(response, "application/json")) return CAPTIVE;
    if (!response.ok) return refusal(response);
    const frames = await read(response, framesOfPage);
    if (!frames || signal.aborted) return LOST;
    onHeard();
    for (const frame of frames) {
      if (signal.aborted) return LOST;
      onFrame(frame);
    }
    await pause({ clock, world }, REST_MS, signal);
    if (signal.aborted) return LOST;
  }
}

/** Undefined for what is no page: it broke off, or something on the way answered in the server's place. */
async function read(
  response: Response,
  framesOfPage: (content: unknown) => Frame[],
): Promise<Frame[] | undefined> {
  try {
    return framesOfPage(await response.json());
  } catch {
    return undefined;
  }
}
