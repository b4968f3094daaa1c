import { toolWords } from "#words/tools";
import type { ToolCallView } from "./read-tool-call.ts";

/** A call in one quiet line. */
export function ToolSummary({ call: { name, label, state, progress } }: { call: ToolCallView }) {
  switch (state) {
    case "done":
      return <span>{toolWords.done(name, label)}</span>;
    case "failed":
      return <span>{toolWords.failed(label)}</span>;
    case "denied":
      return <span>{toolWords.denied(label)}</span>;
    case "interrupted":
      return <span>{toolWords.interrupted(label)}</span>;
    default:
      return (
        <span className="motion-safe:animate-breathe">{progress ?? toolWords.running(name, label)}</span>
      );
  }
}
