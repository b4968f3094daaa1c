import { memo, useId } from "react";
import { NotesPrefix } from "#components/markdown/answer-link";
import { Group } from "#components/markdown/group";
import { Notes } from "#components/markdown/notes";
import { GROUP_SIZE, useBlocks } from "../markdown/use-blocks.ts";

/**
 * Text of an answer as markdown, complete or half written. Only the block that grows is set anew, and only it is read.
 * HTML in it is sanitised, never run; links are marked and open beside; images wait to be asked for.
 */
export const Markdown = memo(({ text, writing = false }: { text: string; writing?: boolean }) => {
  const { groups, shared, told } = useBlocks(text, writing);
  return (
    <NotesPrefix value={useId()}>
      <div className="answer">
        {groups.map((blocks, index) => (
          <Group
            key={index}
            blocks={blocks}
            from={index * GROUP_SIZE}
            shared={shared}
            tail={writing && index === groups.length - 1}
          />
        ))}
        <Notes notes={told} writing={writing} />
      </div>
    </NotesPrefix>
  );
});
