import { z } from "zod";
import type { Part } from "./event.ts";
import { idSchema } from "./ids.ts";
import { asTool } from "./tool-parts.ts";

/**
 * All that a model may do to the page of whoever asked, by the name of the tool. The server offers nothing else, and
 * the page checks what comes once more: a log may hold what another version wrote.
 */
export const actionInputs = {
  set_theme: z.object({ theme: z.enum(["system", "light", "dark"]) }),
  open_conversation: z.object({ conversationId: idSchema }),
  fill_composer: z.object({ text: z.string().min(1).max(20_000) }),
};

export type ActionName = keyof typeof actionInputs;
export type Action = {
  [Name in ActionName]: { name: Name; input: z.infer<(typeof actionInputs)[Name]> };
}[ActionName];

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actionInputs, name);
}

/** What a part asks of the page, if it is a call to an action that has ended well. */
export function readAction(part: Part): { toolCallId: string; action: Action } | undefined {
  const tool = asTool(part);
  if (tool?.state !== "output-available" || tool.preliminary || tool.type === "dynamic-tool")
    return undefined;
  const name = tool.type.slice("tool-".length);
  if (!isActionName(name)) return undefined;
  const input = actionInputs[name].safeParse(tool.input);
  return input.success
    ? { toolCallId: tool.toolCallId, action: { name, input: input.data } as Action }
    : undefined;
}
