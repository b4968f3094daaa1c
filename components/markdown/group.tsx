import { memo } from "react";
import { Block, detectTextDirection } from "streamdown";
import { CodeFence } from "#components/conversation/code-block";
import { compose, type Shared } from "./compose.ts";
import { elements } from "./elements.tsx";
import { hasOpenFence, readFence } from "./fence.ts";
import { IsIncomplete } from "./incomplete.ts";
import { rehypePlugins, remarkPlugins } from "./plugins.ts";
import type { Block as BlockOf } from "./read-block.ts";

type GroupProps = {
  blocks: BlockOf[];
  /** The number of the first one among all. */
  from: number;
  shared: Shared;
  /** Whether the last block is being written. */
  tail: boolean;
};

/** Some blocks of an answer, which the browser may pass over as one while they are out of sight. */
export const Group = memo(({ blocks, from, shared, tail }: GroupProps) => (
  <div className="blocks">
    {blocks.map((block, index) => {
      const isTail = tail && index === blocks.length - 1;
      return (
        <Piece
          key={index}
          index={from + index}
          writing={isTail}
          open={isTail && hasOpenFence(block.text)}
          text={compose(block, from + index, shared, isTail)}
        />
      );
    })}
  </div>
));

type PieceProps = {
  /** As it is given to the parser. */
  text: string;
  index?: number;
  writing?: boolean;
  /** Whether it ends in code that is not closed. */
  open?: boolean;
};

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** One block. Its text is all that counts for it, so it is set anew only with another one. */
export const Piece = memo(({ text, index = 0, writing = false, open = false }: PieceProps) => {
  const fence = readFence(text);
  const set = fence ? (
    <CodeFence {...fence} incomplete={open} />
  ) : (
    <Block
      components={elements}
      content={text}
      index={index}
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
