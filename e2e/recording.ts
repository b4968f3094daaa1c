import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { ConversationEntry, Snapshot } from "#lib/protocol/event";
import { foldEntries } from "#lib/protocol/fold";
import type { Api, Page } from "./api.ts";
import { type EntryFrame, type Frame, isControl, isEntry } from "./frames.ts";

/** A conversation's log, entry by entry, and what it had come to at each number. */
export type Recording = {
  conversationId: string;
  generationId: string;
  entries: EntryFrame[];
  /** `states[N]` is the fold of the entries 1…N. */
  states: Snapshot[];
  /** What the server says when all is over. */
  end: Snapshot;
};

/**
 * Sends a prompt into a new conversation and writes down its log while it grows. Whoever comes later gets adjacent
 * chunks joined; only who is there from the beginning sees every entry by itself.
 */
export async function record(
  api: Api,
  text: string,
  onEntry: (soFar: Snapshot) => void = () => undefined,
): Promise<Recording> {
  const conversationId = randomUUID();
  await api.create({ id: conversationId });
  const line = await api.events(conversationId);
  const entries: EntryFrame[] = [];
  const states = [nothing(conversationId)];
  let generationId = "";
  for await (const frame of line.frames) {
    if (isControl(frame)) generationId = (await api.send(conversationId, text)).generationId;
    if (!isEntry(frame)) continue;
    expect(frame).toMatchObject({ first: entries.length + 1, sequence: entries.length + 1 });
    entries.push(frame);
    const state = folded(states.at(-1), [frame]);
    states.push(state);
    onEntry(state);
    if (frame.event.type === "generation-end") break;
  }
  return { conversationId, generationId, entries, states, end: await api.snapshot(conversationId) };
}

/** A conversation of which nothing is known yet. */
export function nothing(id: string): Snapshot {
  const at = new Date(0).toISOString();
  const settings = { title: "", model: null, instructions: null, pinned: false, archived: false };
  const conversation = { id, ...settings, leafId: null, createdAt: at, updatedAt: at };
  return { conversation, messages: [], generations: [], sequence: 0 };
}

/** The state after more entries. The fold refuses gaps, so it also says that they came in order. */
export function folded(state: Snapshot | undefined, entries: Page["entries"] | EntryFrame[]): Snapshot {
  if (!state) throw new Error("there is no state to fold on");
  return foldEntries(state, entries as ConversationEntry[]);
}

/** Two states say the same of the messages, whichever way they came about. */
export function expectSame(actual: Snapshot, expected: Snapshot): void {
  const { messages, generations, sequence } = actual;
  expect({ messages, generations, sequence }).toEqual({
    messages: expected.messages,
    generations: expected.generations,
    sequence: expected.sequence,
  });
  expect(actual.conversation.leafId).toBe(expected.conversation.leafId);
}

/** Every number from `after` to `head` once, in order. */
export function expectDense(
  entries: { first: number; sequence: number }[],
  { after, head }: { after: number; head: number },
): void {
  let last = after;
  for (const { first, sequence } of entries) {
    expect(first, "begins where the one before ended").toBe(last + 1);
    expect(sequence).toBeGreaterThanOrEqual(first);
    last = sequence;
  }
  expect(last).toBe(head);
}

/** A response that was asked to end: its greeting, one `caught-up`, its goodbye, and what it told in between. */
export function toldUntilIdle(frames: Frame[]): EntryFrame[] {
  expect(frames[0]).toEqual({ kind: "retry", ms: 1000 });
  expect(frames.at(-1)).toEqual({ kind: "done" });
  expect(frames.filter(isControl).map(({ event }) => event)).toEqual(["caught-up"]);
  for (const entry of frames.filter(isEntry)) expect(entry.id).toBe(String(entry.sequence));
  return frames.filter(isEntry);
}
