import type { Readable } from "node:stream";
import { gatherEvents } from "./gathered-events.ts";

/**
 * The events of a provider, with words in the rhythm in which they can be written down anyway: those that come while
 * the last ones rest go on together, as one event. The first word, and whatever is no word, never waits. What was
 * said before a connection broke comes before the failure. A reader who does not read slows the provider.
 *
 * @param restMs how long a word that comes now would wait to be written; asked anew with each
 */
export function pacedBody(source: Readable, restMs: () => number): ReadableStream<Uint8Array> {
  const gathered = gatherEvents();
  // One for all words that wait together. A promise or a timer for each would cost more than all else done here.
  let timer: NodeJS.Timeout | undefined;

  function start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    source.on("data", (bytes: Buffer) => {
      gathered.add(bytes);
      look();
    });
    source.on("end", () => {
      pass();
      controller.close();
    });
    source.on("error", (error) => {
      pass();
      // A stream that errors drops what is still queued in it, and in those behind it.
      setImmediate(() => controller.error(error));
    });

    function look(): void {
      if (gathered.isEmpty()) return;
      const ms = gathered.isUrgent() ? 0 : restMs();
      if (ms <= 0) pass();
      else timer ??= setTimeout(lookAgain, ms);
    }

    function lookAgain(): void {
      timer = undefined;
      look();
    }

    function pass(): void {
      clearTimeout(timer);
      timer = undefined;
      if (!gathered.isEmpty()) controller.enqueue(gathered.take());
      if ((controller.desiredSize ?? 0) <= 0) source.pause();
    }
  }

  return new ReadableStream({
    start,
    pull: () => void source.resume(),
    cancel() {
      clearTimeout(timer);
      // An error may be on its way, and what comes before it has nowhere to go.
      gathered.take();
      source.destroy();
    },
  });
}
