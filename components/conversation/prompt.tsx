import type { Part } from "#lib/protocol/event";
import { FilePart } from "./file-part.tsx";

/** What a person wrote: a soft block at the right, exactly as it was typed. */
export function Prompt({ parts }: { parts: Part[] }) {
  return (
    <div className="ml-auto w-fit max-w-[85%] rounded-2xl rounded-br-md bg-bubble px-4 py-2.5 text-base">
      {parts.map((part, index) => {
        if (part.type === "file") {
          return <FilePart key={index} file={part} />;
        }
        if (part.type !== "text") return null;
        return (
          <p key={index} dir="auto" className="whitespace-pre-wrap break-words">
            {part.text}
          </p>
        );
      })}
    </div>
  );
}
