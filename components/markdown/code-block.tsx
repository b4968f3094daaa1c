import { Download, WrapText } from "lucide-react";
import { type ComponentProps, isValidElement, memo, type ReactNode, useState } from "react";
import { useIsCodeFenceIncomplete } from "streamdown";
import { CopyButton } from "#components/ui/copy-button";
import { IconButton } from "#components/ui/icon-button";
import { answerWords } from "#words/answer";
import type { Piece } from "./coloured-line.ts";
import { Diagram } from "./diagram.tsx";
import { download, fileNameOf } from "./download-code.ts";
import { type Fence, trimEnd } from "./fence.ts";
import { Formula } from "./formula.tsx";
import { type CodeLine, useHighlighted } from "./use-highlighted.ts";

/** A fenced block as markdown makes it. */
export function CodeBlock({ children }: ComponentProps<"pre">) {
  return <CodeFence {...fenceOf(children)} incomplete={useIsCodeFenceIncomplete()} />;
}

type CodeFenceProps = Fence & {
  /** Whether its end is yet to come. */
  incomplete: boolean;
};

/** What stands in a fence: a formula or a diagram where its language says so, otherwise code. */
export function CodeFence({ language, code, incomplete }: CodeFenceProps) {
  if (language === "math") return <Formula source={code} display />;
  if (language === "mermaid") return <Diagram code={code} incomplete={incomplete} />;
  return <Code language={language} code={code} incomplete={incomplete} />;
}

type CodeProps = Fence & {
  /** What else can be done with it. */
  more?: ReactNode;
  incomplete?: boolean;
};

/** Code: its language, what can be done with it, and itself, scrolling in its own width. */
export function Code({ language, code, more, incomplete = false }: CodeProps) {
  const [wraps, setWraps] = useState(false);
  const lines = useHighlighted(code, language);
  return (
    <div className="code" dir="ltr">
      <div className="flex h-9 items-center pr-1 pl-4 text-ink-faint text-xs">
        <span className="mr-auto truncate">{language || (incomplete ? "" : answerWords.plainText)}</span>
        {more}
        <IconButton
          label={wraps ? answerWords.keepLines : answerWords.wrapLines}
          aria-pressed={wraps}
          className="aria-pressed:text-accent"
          onClick={() => setWraps(!wraps)}
        >
          <WrapText className="size-4" />
        </IconButton>
        <IconButton label={answerWords.downloadCode} onClick={() => download(code, fileNameOf(language))}>
          <Download className="size-4" />
        </IconButton>
        <CopyButton text={code} label={answerWords.copyCode} />
      </div>
      {/* What scrolls must be reachable by the keyboard. */}
      <pre tabIndex={0} data-wraps={wraps || undefined}>
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

function Coloured({ piece: { content, color } }: { piece: Piece }) {
  if (!color || color === "var(--ink)") return content;
  return <span style={{ color }}>{content}</span>;
}

function fenceOf(children: ReactNode): Fence {
  if (!isValidElement<{ className?: string; children?: ReactNode }>(children)) {
    return { code: String(children ?? ""), language: "" };
  }
  const { className = "", children: code } = children.props;
  return {
    code: trimEnd(String(code ?? "")),
    language: /language-([^\s]+)/.exec(className)?.[1] ?? "",
  };
}
