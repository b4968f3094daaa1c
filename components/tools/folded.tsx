import { useState } from "react";
import { toolWords } from "#words/tools";

const FOLD_AT_LENGTH = 1_200;
const FOLD_AT_LINES = 16;

type FoldedProps = {
  text: string;
  /** Whether it is code or the like, and not words. */
  mono?: boolean;
};

/** A text of any length: its beginning, and the rest for whoever wants it. */
export function Folded({ text, mono = false }: FoldedProps) {
  const [isOpen, setOpen] = useState(false);
  const beginning = text.split("\n", FOLD_AT_LINES).join("\n").slice(0, FOLD_AT_LENGTH);
  const isLong = beginning.length < text.length;
  return (
    <>
      <div
        dir="auto"
        className={`whitespace-pre-wrap break-words ${mono ? "font-mono text-[0.8125rem]/relaxed" : ""}`}
      >
        {isOpen || !isLong ? text : `${beginning}…`}
      </div>
      {isLong && !isOpen && (
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="touch-target mt-1 rounded-md py-0.5 text-accent text-sm underline-offset-2 hover:underline"
        >
          {toolWords.showAll}
        </button>
      )}
    </>
  );
}
