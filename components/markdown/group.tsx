import { memo } from "react";
import { Block, detectTextDirection } from "streamdown";
import { CodeFence } from "#components/conversation/code-block";
import { completeTail } from "./complete-tail.ts";
import { compose, type Shared } from "./compose.ts";
import { elements } from "./elements.tsx";
import { hasOpenFence, readFence } from "./fence.ts";
import { IsIncomplete } from "./incomplete.ts";
import { markMath } from "./mark-math.ts";
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
    {blocks.map((block, index) => (
      <Piece
        key={index}
        index={from + index}
        writing={tail && index === blocks.length - 1}
        text={compose(block, from + index, shared)}
      />
    ))}
  </div>
));

type PieceProps = { text: string; index?: number; writing?: boolean };

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** One block. Its text is all that counts for it, so it is set anew only with another one. */
export const Piece = memo(({ text, index = 0, writing = false }: PieceProps) => {
  const open = writing && hasOpenFence(text);
  const whole = writing ? completeTail(text) : markMath(text);
  const fence = readFence(whole);
  const set = fence ? (
    <CodeFence {...fence} incomplete={open} />
  ) : (
    <Block
      components={elements}
      content={whole}
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
