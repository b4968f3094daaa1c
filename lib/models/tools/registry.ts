import type { ToolSet } from "ai";
import { createClock } from "./clock.ts";

/**
 * A tool a model may call. One with side effects begins when its call is committed, and is never run twice for the
 * same call: a worker that takes over an answer shows it as interrupted.
 */
type ModelTool = ToolSet[string] & { sideEffects: boolean };
export type Tools = Record<string, ModelTool>;

/** Every tool, by the name under which a model calls it. */
export function createTools({ now }: { now: () => Date }): Tools {
  return { current_time: createClock(now) };
}
