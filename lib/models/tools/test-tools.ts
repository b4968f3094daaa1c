import type { Toolbox, Tools } from "./registry.ts";

/** Tools that are always the same. */
export const fixedTools = (tools: Tools): Toolbox => ({
  now: () => tools,
  ready: async () => {},
  start() {},
  stop: async () => {},
});
