import { createParser, type EventSourceMessage } from "eventsource-parser";
import { z } from "zod";
import {
  ACCOUNT_LOG,
  type AccountEvent,
  accountEventSchema,
  type ConversationEvent,
  conversationEventSchema,
  type Entry,
} from "./event.ts";

// Every frame is one line of data. JSON text needs no care for that: it writes line ends inside strings as escapes, and
// the separators that JavaScript once took for line ends (U+2028, U+2029) are ordinary characters here.

/** A comment: nothing is said but that the server is there. */
export const COMMENT_FRAME = ": keep-alive\n\n";
/** Ends a response that was asked to end. */
export const DONE_FRAME = "data: [DONE]\n\n";

export function retryFrame(ms: number): string {
  return `retry: ${ms}\n\n`;
}

/** @param eventText the event as the JSON text that was committed; it is sent as it stands */
export function entryFrame({
  id,
  log,
  first,
  sequence,
  eventText,
}: {
  id: string;
  log?: string;
  first: number;
  sequence: number;
  eventText: string;
}): string {
  const where = log === undefined ? "" : `"log":${JSON.stringify(log)},`;
  return `id: ${id}\ndata: {${where}"first":${first},"sequence":${sequence},"event":${eventText}}\n\n`;
}

export function controlFrame(event: ControlFrame["event"], data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

const logged = z.looseObject({ log: z.string().optional(), sequence: z.int() });
const controlSchema = z.discriminatedUnion("event", [
  z.object({ event: z.literal("caught-up"), data: logged }),
  z.object({ event: z.literal("reset"), data: logged }),
  z.object({
    event: z.literal("bye"),
    data: z.looseObject({ log: z.string().optional(), reason: z.string(), retryMs: z.number() }),
  }),
]);
const envelopeSchema = logged.extend({ first: z.int(), event: z.looseObject({ type: z.string() }) });

export type EntryFrame = { kind: "entry"; id: string; log?: string } & Entry<
  ConversationEvent | AccountEvent
>;
export type ControlFrame = { kind: "control" } & z.infer<typeof controlSchema>;
export type Frame = EntryFrame | ControlFrame | { kind: "done" } | { kind: "comment" };

/**
 * Reads the frames of one response from its bytes, however they are cut. Every frame is parsed by its schema, once.
 * It never throws. An event of a type that is not known here comes through as it is; whatever else is not
 * understood comes through as a comment, because it too is a sign of life.
 */
export function decodeFrames(): (piece: Uint8Array) => Frame[] {
  const text = new TextDecoder();
  let frames: Frame[] = [];
  const parser = createParser({
    onEvent: (message) => frames.push(toFrame(message)),
    onComment: () => frames.push({ kind: "comment" }),
  });
  return (piece) => {
    frames = [];
    parser.feed(text.decode(piece, { stream: true }));
    return frames;
  };
}

function toFrame({ id, event, data }: EventSourceMessage): Frame {
  if (event === undefined && data === "[DONE]") return { kind: "done" };
  const content = parseJson(data);
  if (event === undefined) return toEntry(id, content);
  const control = controlSchema.safeParse({ event, data: content });
  return control.success ? { kind: "control", ...control.data } : { kind: "comment" };
}

/** An entry from the JSON that stands for it, wherever that came from. */
export function toEntry(id: string | undefined, content: unknown): Frame {
  const envelope = envelopeSchema.safeParse(content);
  if (!envelope.success || id === undefined) return { kind: "comment" };
  const { log, first, sequence, event } = envelope.data;
  const schema = log === ACCOUNT_LOG ? accountEventSchema : conversationEventSchema;
  const isKnown = schema.options.some((option) => option.shape.type.value === event.type);
  const known = isKnown ? schema.safeParse(event) : { success: true, data: event as EntryFrame["event"] };
  // An entry that cannot be read cannot be folded, nor be passed over: as if the server had said to load a snapshot.
  if (!known.data) return { kind: "control", event: "reset", data: { log, sequence } };
  return { kind: "entry", id, ...(log !== undefined && { log }), first, sequence, event: known.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No JSON is no frame of ours; no schema lets it pass.
  }
}
