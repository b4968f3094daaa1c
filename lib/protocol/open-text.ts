import type { Part } from "./event.ts";
import { asTool } from "./tool-parts.ts";

/** A text that stands open at the end of an answer, by the id that its next words will name. */
export type OpenText = { chunkId: string; text: string };

/**
 * The text in which a half-written step can be gone on with. Undefined where it does not end in words, or where
 * something else was begun in it: such a step is written anew.
 */
export function openTextOf(step: Part[]): OpenText | undefined {
  const last = step.at(-1);
  if (last?.type !== "text" || last.state !== "streaming" || last.chunkId === undefined) return undefined;
  if (last.text.trim() === "" || step.some((part) => asTool(part) !== undefined)) return undefined;
  return { chunkId: last.chunkId, text: last.text };
}
