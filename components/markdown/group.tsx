import { memo } from "react";
import { Block, detectTextDirection } from "streamdown";
import { CodeFence } from "./code-block.tsx";
import { elements } from "./elements.tsx";
import { readFence } from "./fence.ts";
import { IsIncomplete } from "./incomplete.ts";
import { rehypePlugins, remarkPlugins } from "./plugins.ts";

type GroupProps = {
  texts: string[];
  /** Whether the last block is being written, and where it ends in code that is not closed. */
  tail: "none" | "writing" | "open";
};

/** Some blocks of an answer, which the browser may pass over as one while they are out of sight. */
export const Group = memo(({ texts, tail }: GroupProps) => (
  <div className="blocks">
    {texts.map((text, index) => {
      const isTail = tail !== "none" && index === texts.length - 1;
      return <Piece key={index} text={text} writing={isTail} open={isTail && tail === "open"} />;
    })}
  </div>
));

type PieceProps = {
  /** As it is given to the parser. */
  text: string;
  writing?: boolean;
  /** Whether it ends in code that is not closed. */
  open?: boolean;
};

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** One block. Its text is all that counts for it, so it is set anew only with another one. */
export const Piece = memo(({ text, writing = false, open = false }: PieceProps) => {
  const fence = readFence(text);
  const set = fence ? (
    <CodeFence {...fence} incomplete={open} />
  ) : (
    <Block
      components={elements}
      content={text}
      index={0}
      isIncomplete={open}
      rehypePlugins={rehypePlugins}
      remarkPlugins={remarkPlugins}
      shouldNormalizeHtmlIndentation={false}
      shouldParseIncompleteMarkdown={false}
    />
  );
  // The reader's own words are seldom of both directions, and then each block has its own.
  const turned = RIGHT_TO_LEFT.test(text) && !fence;
  return (
    <IsIncomplete value={writing}>
      {turned ? (
        <div dir={detectTextDirection(text)} className="contents">
          {set}
        </div>
      ) : (
        set
      )}
    </IsIncomplete>
  );
});
