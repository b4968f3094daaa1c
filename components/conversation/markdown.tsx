import { type ComponentProps, memo } from "react";
import { type Components, defaultRehypePlugins, Streamdown } from "streamdown";
import { ForeignLink } from "#components/ui/foreign-link";
import { CodeBlock } from "./code-block.tsx";
import { openParagraphs } from "./open-paragraphs.ts";
import { RemoteImage } from "./remote-image.tsx";
import { withoutNames } from "./without-names.ts";

/**
 * Text of an answer as markdown, complete or half written. Only the block that grows is set anew.
 * HTML in it is sanitised, never run; links are marked and open beside; images wait to be asked for.
 */
export const Markdown = memo(({ text, writing = false }: { text: string; writing?: boolean }) => (
  <div className="answer">
    <Streamdown
      components={elements}
      rehypePlugins={rehypePlugins}
      parseIncompleteMarkdown={writing}
      isAnimating={writing}
      dir={RIGHT_TO_LEFT.test(text) ? "auto" : undefined}
      className="contents"
    >
      {text}
    </Streamdown>
  </div>
));

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

const rehypePlugins = [
  defaultRehypePlugins.raw,
  defaultRehypePlugins.sanitize,
  withoutNames,
  openParagraphs,
].filter((plugin) => plugin !== undefined);

function Link({ href = "", children }: ComponentProps<"a">) {
  if (href.startsWith("#")) return <a href={href}>{children}</a>;
  // Whatever else it is, a half-written address among it, is only its words.
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return <span>{children}</span>;
  return <ForeignLink href={href}>{children}</ForeignLink>;
}

function Table({ children }: ComponentProps<"table">) {
  return (
    // What scrolls must be reachable by the keyboard.
    <div className="scrolls" tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}

/** Other wordings of an image's address; the image itself says what is to be known. */
const Nothing = () => null;

/** Bare elements, dressed by `app/answer.css`. The type allows any name, and so asks each for any props. */
const elements = {
  a: Link,
  img: RemoteImage,
  source: Nothing,
  pre: CodeBlock,
  table: Table,
  code: "code",
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
