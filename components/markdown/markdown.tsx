import { memo, useId } from "react";
import { NotesPrefix } from "./answer-link.tsx";
import { Group } from "./group.tsx";
import { Notes } from "./notes.tsx";
import { useBlocks } from "./use-blocks.ts";
import { useDrawn } from "./use-drawn.ts";

/**
 * Text of an answer as markdown, complete or half written. Only the block that grows is set anew, and only it is read.
 * HTML in it is sanitised, never run; links are marked and open beside; images wait to be asked for.
 */
export const Markdown = memo(({ text, writing = false }: { text: string; writing?: boolean }) => {
  const drawn = useDrawn(text);
  const isGrowing = writing || drawn !== text;
  const { groups, open, told } = useBlocks(drawn, isGrowing);
  const tail = open ? "open" : isGrowing ? "writing" : "none";
  return (
    <NotesPrefix value={useId()}>
      <div className="answer">
        {groups.map((texts, index) => (
          <Group key={index} texts={texts} tail={index === groups.length - 1 ? tail : "none"} />
        ))}
        <Notes notes={told} writing={isGrowing} />
      </div>
    </NotesPrefix>
  );
});
