import type { Tools } from "./registry.ts";

/** The same tools; those with side effects wait, before they begin, until `committed` says that their call is kept. */
export function afterCommit(tools: Tools, committed: (toolCallId: string) => Promise<void>): Tools {
  const waiting = Object.entries(tools).map(([name, tool]) => {
    const { execute } = tool;
    if (!tool.sideEffects || !execute) return [name, tool];
    const afterwards: typeof execute = async (input, options) => {
      await committed(options.toolCallId);
      options.abortSignal?.throwIfAborted();
      return execute(input, options);
    };
    return [name, { ...tool, execute: afterwards }];
  });
  return Object.fromEntries(waiting);
}
