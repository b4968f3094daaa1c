import { createParser, type EventSourceMessage } from "eventsource-parser";
import { type ProviderDelta, parseProviderDelta } from "./provider-delta.ts";

/** What a provider has sent and nobody has been told yet, as fewer events that say the same. */
export type GatheredEvents = {
  /** Takes the next bytes of the stream, wherever they are cut. */
  add(bytes: Uint8Array): void;
  isEmpty(): boolean;
  /** Something came that is no text, or much text: it does not wait, nor what came before it. */
  isUrgent(): boolean;
  /** All whole events that are there, as bytes of such a stream; what is not whole waits for its rest. */
  take(): Uint8Array;
};

/** This much text does not wait for more. */
const MUCH_LENGTH = 4 * 1024;

export function gatherEvents(): GatheredEvents {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const parser = createParser({ onEvent });
  let frames: string[] = [];
  let last: { message: EventSourceMessage; delta: ProviderDelta; texts: string[] } | undefined;
  let length = 0;
  let hasOther = false;

  function onEvent(message: EventSourceMessage): void {
    const delta = parseProviderDelta(message.data);
    length += message.data.length;
    if (delta && delta.kind === last?.delta.kind && message.event === last.message.event) {
      last.texts.push(delta.text);
      return;
    }
    close();
    if (delta) last = { message, delta, texts: [delta.text] };
    else {
      hasOther = true;
      frames.push(frame(message));
    }
  }

  function close(): void {
    if (!last) return;
    const { message, delta, texts } = last;
    last = undefined;
    frames.push(frame(texts.length > 1 ? { ...message, data: delta.withText(texts.join("")) } : message));
  }

  return {
    add: (bytes) => parser.feed(decoder.decode(bytes, { stream: true })),
    isEmpty: () => frames.length === 0 && !last,
    isUrgent: () => hasOther || length >= MUCH_LENGTH,
    take() {
      close();
      const taken = frames.join("");
      frames = [];
      length = 0;
      hasOther = false;
      return encoder.encode(taken);
    },
  };
}

function frame({ event, data }: EventSourceMessage): string {
  const lines = event === undefined ? "" : `event: ${event}\n`;
  return `${lines}data: ${data.replaceAll("\n", "\ndata: ")}\n\n`;
}
