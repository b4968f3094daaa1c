import type { Part } from "#lib/protocol/event";
import { FilePart } from "./file-part.tsx";

/** What a person wrote: a soft block at the right, exactly as it was typed, under what they attached. */
export function Prompt({ parts }: { parts: Part[] }) {
  const files = parts.filter((part) => part.type === "file");
  const texts = parts.filter((part) => part.type === "text");
  return (
    <div className="ml-auto flex w-fit max-w-[85%] flex-col items-end gap-1.5">
      {files.length > 0 && (
        <div className="flex max-w-full flex-wrap justify-end gap-1.5">
          {files.map((file, index) => (
            <FilePart key={index} file={file} />
          ))}
        </div>
      )}
      {texts.length > 0 && (
        <div className="max-w-full rounded-2xl rounded-br-md bg-bubble px-4 py-2.5 text-base">
          {texts.map((part, index) => (
            <p key={index} dir="auto" className="whitespace-pre-wrap break-words">
              {part.text}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
