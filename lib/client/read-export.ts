import { Unzip, UnzipInflate } from "fflate";
import { createElementSplitter, NotJson } from "#lib/protocol/json-elements";
import type { Clock } from "./clock.ts";

/** So long the page may be busy before it looks at who uses it. */
const BUSY_MAX_MS = 12;
/** In a ChatGPT export this is where the conversations are, in one file or in several. */
const CONVERSATIONS = /(^|\/)conversations(-\d+)?\.json$/;

const DAMAGED = "The zip file is damaged.";

type Source = Pick<Blob, "stream" | "slice">;

/**
 * The elements of an export, one by one, each as its JSON text: of a JSON file, or of the conversations in a zip. It
 * is read in pieces, so a file of any size needs little memory, and the page stays awake.
 */
export async function* readExport(
  { clock }: { clock: Clock },
  file: Source,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const pieces = awake(clock, file.stream(), signal);
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isZip = start[0] === 0x50 && start[1] === 0x4b;
  yield* isZip ? elementsOfZip(pieces) : elementsOfJson(pieces);
}

async function* elementsOfJson(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const splitter = createElementSplitter();
  for await (const piece of pieces) yield* splitter.push(piece);
  splitter.end();
}

async function* elementsOfZip(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let found = 0;
  let failure: unknown;
  let elements: string[] = [];
  const unzip = new Unzip((entry) => {
    if (!CONVERSATIONS.test(entry.name)) return;
    found++;
    const splitter = createElementSplitter();
    entry.ondata = (error, piece, isLast) => {
      try {
        if (error) throw new NotJson(DAMAGED);
        elements.push(...splitter.push(piece));
        if (isLast) splitter.end();
      } catch (cause) {
        failure ??= cause;
      }
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  const push = (piece: Uint8Array, isLast: boolean) => {
    try {
      unzip.push(piece, isLast);
    } catch {
      throw new NotJson(DAMAGED);
    }
    if (failure) throw failure;
  };
  for await (const piece of pieces) {
    push(piece, false);
    yield* elements;
    elements = [];
  }
  push(new Uint8Array(), true);
  yield* elements;
  if (found === 0) throw new NotJson("There is no conversations.json in this zip file.");
}

/** The pieces of a file. Between them others have their turn. */
async function* awake(
  clock: Clock,
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let sinceMs = clock.nowMs();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      signal.throwIfAborted();
      if (done) return;
      yield value;
      if (clock.nowMs() - sinceMs < BUSY_MAX_MS) continue;
      await new Promise<void>((resolve) => clock.after(0, resolve));
      sinceMs = clock.nowMs();
    }
  } finally {
    await reader.cancel();
  }
}
