import { type Tool, tool } from "ai";
import type { ActionName } from "#lib/protocol/actions";
import { actionInputs } from "#lib/protocol/actions";
import type { ModelTool } from "./registry.ts";

const descriptions: Record<ActionName, string> = {
  set_theme: "Changes the look of the page that the person sees. Only when they ask for it.",
  open_conversation: "Opens another of the person's conversations, by its id. Only when they ask for it.",
  fill_composer: "Writes a text into the field for the person's next message, for them to change and send.",
};

/** There is nothing to do here: the page that asked does it when the log tells it of the call. */
const TOLD = "Told to the page.";

/** What a model may do to the page of whoever asked. */
export const clientActions: Record<ActionName, ModelTool> = {
  set_theme: toPage("set_theme"),
  open_conversation: toPage("open_conversation"),
  fill_composer: toPage("fill_composer"),
};

function toPage(name: ActionName): ModelTool {
  const told: Tool = tool({
    description: descriptions[name],
    inputSchema: actionInputs[name] as (typeof actionInputs)["set_theme"],
    execute: async () => TOLD,
  });
  return { ...told, sideEffects: false } as ModelTool;
}
