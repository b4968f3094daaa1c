import { Markdown } from "#components/markdown/markdown";
import type { Part } from "#lib/protocol/event";
import { readToolCall } from "../tools/read-tool-call.ts";
import { FilePart } from "./file-part.tsx";
import { Reasoning } from "./reasoning.tsx";
import { ToolCall } from "./tool-call.tsx";

/**
 * One part of an answer, by its kind. A kind that this page does not know shows nothing: the writer may be newer.
 *
 * @param open whether the answer is still being made
 */
export function MessagePart({ part, open }: { part: Part; open: boolean }) {
  if (part.type === "text") return <Markdown text={part.text} writing={open && part.state === "streaming"} />;
  if (part.type === "reasoning") {
    return <Reasoning part={part} writing={open && part.state === "streaming"} />;
  }
  if (part.type === "file") return <FilePart file={part} />;
  const call = readToolCall(part);
  return call ? <ToolCall call={call} open={open} /> : null;
}

/** Whether a part shows anything; until one does, the answer has not begun for whoever reads it. */
export function isShown(part: Part): boolean {
  if (part.type === "text" || part.type === "reasoning") return part.text.trim() !== "";
  return part.type === "file" || readToolCall(part) !== undefined;
}
