import { setTimeout as pause } from "node:timers/promises";
import { type Asking, ask } from "#bench/outside/ask";
import { oneOf } from "./chance.ts";

const TRY_LIMIT_MS = 5_000;
const AGAIN_MS = 100;
const GIVE_UP_MS = 120_000;

/** Asks one server or the other, again and again, as somebody does whose network is bad. */
export async function insist<Body>(
  urls: readonly string[],
  path: string,
  asking: Omit<Asking, "url">,
): Promise<Body> {
  const deadline = performance.now() + GIVE_UP_MS;
  for (;;) {
    try {
      const signal = AbortSignal.timeout(TRY_LIMIT_MS);
      const { body } = await ask<Body>({ ...asking, url: oneOf(urls) + path, signal });
      return body;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(AGAIN_MS);
    }
  }
}
