import type { ComponentProps } from "react";
import type { Components } from "streamdown";
import { answerWords } from "#words/answer";
import { AnswerLink } from "./answer-link.tsx";
import { CodeBlock } from "./code-block.tsx";
import { Formula } from "./formula.tsx";
import { RemoteImage } from "./remote-image.tsx";

function Table({ children }: ComponentProps<"table">) {
  return (
    // What scrolls must be reachable by the keyboard.
    <div className="scrolls" tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}

/** Their columns' direction comes as a style, and the policy of the page takes none from the server. */
const Head = ({ style, children }: ComponentProps<"th">) => <th data-align={style?.textAlign}>{children}</th>;
const Cell = ({ style, children }: ComponentProps<"td">) => <td data-align={style?.textAlign}>{children}</td>;

/** The box of a task. No other field is let in. */
const Task = ({ checked }: ComponentProps<"input">) => (
  <input
    type="checkbox"
    checked={checked ?? false}
    disabled
    readOnly
    aria-label={checked ? answerWords.taskDone : answerWords.taskToDo}
  />
);

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
  input: Task,
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
  th: Head,
  td: Cell,
  sup: "sup",
  sub: "sub",
} as Components;
