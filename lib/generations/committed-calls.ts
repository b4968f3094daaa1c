import type { Chunk, Message } from "#lib/protocol/event";
import { asTool } from "#lib/protocol/tool-parts";

/**
 * Lets a tool wait until its call is committed. Whoever takes over after a crash then finds every call of a tool
 * that may have had an effect: none begins that the log does not know.
 *
 * @param answer what the answer holds already. What somebody has allowed in it was asked for by an earlier generation.
 */
export function createCommittedCalls(flush: () => Promise<void>, answer: Message) {
  const calls = new Map<string, PromiseWithResolvers<void>>();
  for (const tool of answer.parts.flatMap((part) => asTool(part) ?? [])) {
    if (tool.state === "approval-responded") call(tool.toolCallId).resolve();
  }

  function call(toolCallId: string): PromiseWithResolvers<void> {
    const known = calls.get(toolCallId) ?? Promise.withResolvers<void>();
    calls.set(toolCallId, known);
    return known;
  }

  return {
    /** This was handed to the log. */
    wrote(chunk: Chunk): void {
      if (chunk.type === "tool-input-available") call(chunk.toolCallId).resolve();
    },

    /** Rejects if the call will never be committed, because the pen was taken away. */
    async committed(toolCallId: string): Promise<void> {
      await call(toolCallId).promise;
      await flush();
    },
  };
}
