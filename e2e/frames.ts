import type { AccountEvent, Chunk, ConversationEvent } from "#lib/protocol/event";

/** A log entry as it stood on the line. `text` is its event's JSON, to compare byte by byte. */
export type EntryFrame = {
  kind: "entry";
  id: string;
  log?: string;
  first: number;
  sequence: number;
  event: ConversationEvent | AccountEvent;
  text: string;
};
export type ControlFrame = {
  kind: "control";
  event: "caught-up" | "reset" | "bye";
  data: Record<string, unknown>;
};
export type Frame =
  | { kind: "retry"; ms: number }
  | { kind: "comment" }
  | EntryFrame
  | ControlFrame
  | { kind: "done" };

/**
 * Reads event streams by the letter of the protocol, and throws at anything else that is on the line. It shares
 * no code with the product: an entry has an id and no name, a control event a name and no id, and every frame one
 * line of data.
 */
export async function* readFrames(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const piece of pieces) {
    rest += decoder.decode(piece, { stream: true });
    const frames = rest.split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) yield parseFrame(frame);
  }
  if (rest !== "") throw new Error(`the line ended in the middle of a frame: ${JSON.stringify(rest)}`);
}

const RETRY = /^retry: (\d+)$/;
const ENTRY =
  /^id: ([^\r\n]+)\ndata: \{(?:"log":"([^"\r\n]+)",)?"first":(\d+),"sequence":(\d+),"event":(\{[^\r\n]*\})\}$/;
const CONTROL = /^event: (caught-up|reset|bye)\ndata: (\{[^\r\n]*\})$/;

function parseFrame(frame: string): Frame {
  if (frame === ": keep-alive") return { kind: "comment" };
  if (frame === "data: [DONE]") return { kind: "done" };
  const [, ms] = RETRY.exec(frame) ?? [];
  if (ms !== undefined) return { kind: "retry", ms: Number(ms) };
  const [, name, data = ""] = CONTROL.exec(frame) ?? [];
  if (name !== undefined) {
    return { kind: "control", event: name as ControlFrame["event"], data: JSON.parse(data) };
  }
  const [, id = "", log, first, sequence, text = ""] = ENTRY.exec(frame) ?? [];
  if (sequence === undefined) throw new Error(`not a frame of the protocol: ${JSON.stringify(frame)}`);
  const place = { first: Number(first), sequence: Number(sequence) };
  return { kind: "entry", id, ...(log !== undefined && { log }), ...place, event: JSON.parse(text), text };
}

export const isEntry = (frame: Frame): frame is EntryFrame => frame.kind === "entry";
export const isControl = (frame: Frame): frame is ControlFrame => frame.kind === "control";
export const isEnd = (frame: Frame): boolean =>
  frame.kind === "entry" && frame.event.type === "generation-end";

/** Whether the answer has come so far with this frame: the demo model counts every number once. */
export function hasCountedTo(number: number): (frame: Frame) => boolean {
  return (frame) =>
    chunksOf([frame]).some(
      (chunk) => chunk.type === "text-delta" && chunk.delta.split(" ").some((word) => Number(word) >= number),
    );
}

export const chunksOf = (frames: Frame[]): Chunk[] =>
  frames.flatMap((frame) => (isEntry(frame) && frame.event.type === "chunk" ? frame.event.chunks : []));

/** Reads on until a frame is as wanted, and returns all that came, this one included. */
export async function readUntil(
  frames: AsyncGenerator<Frame>,
  isWanted: (frame: Frame) => boolean,
): Promise<Frame[]> {
  const read: Frame[] = [];
  for (;;) {
    const { done, value } = await frames.next();
    if (done) throw new Error(`the line ended before what was waited for; it said ${JSON.stringify(read)}`);
    read.push(value);
    if (isWanted(value)) return read;
  }
}

/** Reads on to the end of the response. */
export async function readAll(frames: AsyncGenerator<Frame>): Promise<Frame[]> {
  const read: Frame[] = [];
  for await (const frame of frames) read.push(frame);
  return read;
}
