import type { ComponentProps } from "react";
import type { Components } from "streamdown";
import { CodeBlock } from "#components/conversation/code-block";
import { RemoteImage } from "#components/conversation/remote-image";
import { AnswerLink } from "./answer-link.tsx";
import { Formula } from "./formula.tsx";

function Table({ children }: ComponentProps<"table">) {
  return (
    // What scrolls must be reachable by the keyboard.
    <div className="scrolls" tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}

function Code({ className, children }: ComponentProps<"code">) {
  if (className === "language-math") return <Formula source={String(children ?? "")} />;
  return <code>{children}</code>;
}

/** Other wordings of an image's address; the image itself says what is to be known. */
const Nothing = () => null;

/** Bare elements, dressed by `app/answer.css`. The type allows any name, and so asks each for any props. */
export const elements = {
  a: AnswerLink,
  img: RemoteImage,
  source: Nothing,
  pre: CodeBlock,
  table: Table,
  code: Code,
  p: "p",
  h1: "h1",
  h2: "h2",
  h3: "h3",
  h4: "h4",
  h5: "h5",
  h6: "h6",
  ul: "ul",
  ol: "ol",
  li: "li",
  hr: "hr",
  strong: "strong",
  blockquote: "blockquote",
  thead: "thead",
  tbody: "tbody",
  tr: "tr",
  th: "th",
  td: "td",
  sup: "sup",
  sub: "sub",
} as Components;
