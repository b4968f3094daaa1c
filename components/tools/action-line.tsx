import type { Action } from "#lib/protocol/actions";
import { toolWords } from "#words/tools";

/** What was done to the page of whoever asked, in one quiet line. */
export function ActionLine({ action }: { action: Action }) {
  return <p className="my-2 text-ink-soft text-sm">{wordsFor(action)}</p>;
}

function wordsFor({ name, input }: Action): string {
  return name === "set_theme" ? toolWords.action.set_theme(input.theme) : toolWords.action[name];
}
