import { expect } from "@playwright/test";
import type { Snapshot } from "#lib/protocol/event";
import { pathTo } from "#lib/protocol/path";
import type { Api } from "./api.ts";
import type { Tab } from "./devices.ts";

/** The whole of what the demo model says to `count to N`. */
export const countTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1).join(" ");

/** The newest answer, as far as the server has committed it. */
export async function committedWords(api: Api, conversationId: string): Promise<string> {
  return linesOf(await api.snapshot(conversationId)).at(-1)?.words ?? "";
}

/** Waits until the newest answer is committed up to a number that it counts to. */
export async function expectCommitted(api: Api, conversationId: string, number: number): Promise<void> {
  await expect
    .poll(async () => lastNumber(await committedWords(api, conversationId)))
    .toBeGreaterThanOrEqual(number);
}

export const lastNumber = (words: string) => Number(words.split(" ").at(-1));

/** Waits until nothing is being answered any more, and returns what is kept then. */
export async function ended(api: Api, conversationId: string): Promise<Snapshot> {
  let snapshot = await api.snapshot(conversationId);
  const isOpen = async () => {
    snapshot = await api.snapshot(conversationId);
    return snapshot.generations.some(({ endedAt }) => endedAt === undefined);
  };
  await expect.poll(isOpen).toBe(false);
  return snapshot;
}

/**
 * When all is said, the page shows what is stored: the same messages in the same order, each once.
 *
 * @param transcript what that must be, when the test knows
 */
export async function expectStored(api: Api, tab: Tab, transcript?: string[]): Promise<Snapshot> {
  const id = await tab.conversationId();
  const lines = async () => transcriptOf(await ended(api, id));
  if (transcript) await expect.poll(lines).toEqual(transcript);
  await expect.poll(tab.transcript).toEqual(await lines());
  await expect(tab.stop).toBeHidden();
  return api.snapshot(id);
}

/** Who said what, as pages show it where it is plain text. */
export function transcriptOf(snapshot: Snapshot): string[] {
  return linesOf(snapshot).map(({ who, words }) => `${who}: ${words}`);
}

function linesOf({ messages, conversation }: Snapshot): { who: string; words: string }[] {
  return pathTo(messages, conversation.leafId).map(({ role, parts }) => ({
    who: role === "user" ? "You" : "Answer",
    words: parts.flatMap((part) => (part.type === "text" ? part.text : [])).join("\n\n"),
  }));
}
