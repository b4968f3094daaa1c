import { type ComponentProps, isValidElement, memo } from "react";
import { useIsCodeFenceIncomplete } from "streamdown";
import { CopyButton } from "#components/ui/copy-button";
import { type CodeLine, type Piece, useHighlighted } from "./use-highlighted.ts";

/** A fenced block of code: its language, a button that copies it, and the code, scrolling in its own width. */
export function CodeBlock({ children }: ComponentProps<"pre">) {
  const { code, language } = readFence(children);
  const incomplete = useIsCodeFenceIncomplete();
  const lines = useHighlighted(code, language, incomplete);
  return (
    <div className="code" dir="ltr">
      <div className="flex h-9 items-center justify-between pr-1 pl-4 text-ink-faint text-xs">
        <span>{language || "text"}</span>
        <CopyButton text={code} label="Copy code" />
      </div>
      {/* What scrolls must be reachable by the keyboard. */}
      <pre tabIndex={0}>
        <code>
          {lines.map((line, index) => (
            <Line key={index} {...line} />
          ))}
        </code>
      </pre>
    </div>
  );
}

const Line = memo(
  ({ text, pieces }: CodeLine) => (
    <>
      {pieces ? pieces.map((piece) => <Coloured key={piece.offset} piece={piece} />) : text}
      {"\n"}
    </>
  ),
  (before, after) => before.text === after.text && before.pieces === after.pieces,
);

function Coloured({ piece }: { piece: Piece }) {
  const color = piece.htmlStyle?.color ?? piece.color;
  if (!color || color === "var(--ink)") return piece.content;
  return <span style={{ color, fontStyle: piece.htmlStyle?.["font-style"] }}>{piece.content}</span>;
}

function readFence(children: React.ReactNode): { code: string; language: string } {
  if (!isValidElement<{ className?: string; children?: React.ReactNode }>(children)) {
    return { code: String(children ?? ""), language: "" };
  }
  const { className = "", children: code } = children.props;
  return {
    code: String(code ?? "").replace(/\n+$/, ""),
    language: /language-([^\s]+)/.exec(className)?.[1] ?? "",
  };
}
