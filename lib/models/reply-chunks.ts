import { type TextStreamPart, toUIMessageChunk } from "ai";
import type { Chunk } from "#lib/protocol/event";
import type { Tools } from "./tools/registry.ts";

export type ReplyPart = TextStreamPart<Tools>;

/**
 * Turns parts into chunks one by one. The AI SDK's `toUIMessageStream` does the same with three more streams
 * in a row, and that shows when hundreds of replies flow at once.
 */
export function createTranslator(
  tools: Tools | undefined,
  now: () => number,
): (part: ReplyPart) => Chunk | undefined {
  const invalidCalls = new Set<string>();
  const withDuration = createStopwatch(now);
  return (part) => {
    // A call that could not be parsed comes with an error of its own, and then as a tool's error once more.
    if (part.type === "tool-call" && part.invalid) invalidCalls.add(part.toolCallId);
    if (part.type === "tool-error" && invalidCalls.delete(part.toolCallId)) return undefined;
    // The last of what a tool says on its way comes once more as its result, and may be long.
    if (part.type === "tool-result" && part.preliminary && !tellsProgress(part.output)) return undefined;
    const chunk = toUIMessageChunk(part, { tools, sendReasoning: true, sendSources: true });
    return chunk && withDuration(chunk);
  };
}

function tellsProgress(output: unknown): boolean {
  return typeof output === "object" && output !== null && "progress" in output;
}

type Metadata = Extract<Chunk, { type: "reasoning-end" }>["providerMetadata"];

/**
 * Writes on each end of a reasoning how long it took. What a provider said of it before goes along: metadata that
 * comes later takes the place of what was there, and without its signature a reasoning is refused.
 */
function createStopwatch(now: () => number): (chunk: Chunk) => Chunk {
  const begun = new Map<string, { atMs: number; metadata: Metadata }>();
  return (chunk) => {
    switch (chunk.type) {
      case "reasoning-start":
        begun.set(chunk.id, { atMs: now(), metadata: chunk.providerMetadata });
        return chunk;
      case "reasoning-delta": {
        const reasoning = begun.get(chunk.id);
        if (reasoning) reasoning.metadata = chunk.providerMetadata ?? reasoning.metadata;
        return chunk;
      }
      case "reasoning-end": {
        const reasoning = begun.get(chunk.id);
        if (!reasoning) return chunk;
        begun.delete(chunk.id);
        const durationMs = Math.max(0, Math.round(now() - reasoning.atMs));
        const given = chunk.providerMetadata ?? reasoning.metadata;
        return { ...chunk, providerMetadata: { ...given, rejoin: { durationMs } } };
      }
      default:
        return chunk;
    }
  };
}
