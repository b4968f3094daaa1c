import { ForeignLink } from "#components/ui/foreign-link";
import { toolWords } from "#words/tools";
import { Folded } from "./folded.tsx";
import { type ResultPart, readOutput } from "./read-output.ts";
import { Json } from "./tool-input.tsx";

/** What a tool returned: texts as text, pictures as pictures, all else as JSON. */
export function ToolOutput({ output, label }: { output: unknown; label: string }) {
  return (
    <div className="space-y-2">
      {readOutput(output).map((part, index) => (
        <OutputPart key={index} part={part} label={label} />
      ))}
    </div>
  );
}

function OutputPart({ part, label }: { part: ResultPart; label: string }) {
  switch (part.kind) {
    case "text":
      return <Folded text={part.text} />;
    case "picture":
      return (
        <img src={part.url} alt={toolWords.pictureOf(label)} className="max-h-96 max-w-full rounded-xl" />
      );
    case "page":
      return (
        <>
          <ForeignLink href={part.url} className="break-words underline underline-offset-2">
            {part.title || part.url}
          </ForeignLink>
          <Folded text={part.text} />
        </>
      );
    case "file":
      return <p className="text-ink-soft">{toolWords.file(part.mediaType)}</p>;
    case "json":
      return <Json value={part.value} />;
  }
}
