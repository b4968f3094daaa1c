import { useEffect, useRef } from "react";
import { composerWords } from "#words/composer";
import { optionId, type SlashCommands } from "./use-slash-commands.ts";

/** The commands at the composer. The focus stays where is typed; it is the composer that says which one is marked. */
export function SlashCommandList({ commands, isNew }: { commands: SlashCommands; isNew: boolean }) {
  const { offered, index, listId, choose } = commands;
  const marked = useRef<HTMLDivElement>(null);
  const name = offered[index]?.command.name;
  useEffect(() => {
    if (name !== undefined) marked.current?.scrollIntoView({ block: "nearest" });
  }, [name]);

  return (
    <>
      {offered.length > 0 && (
        <div
          id={listId}
          role="listbox"
          aria-label={composerWords.commands}
          // Where a new conversation begins in the middle of a wide page, there is more room below.
          className={`absolute inset-x-0 bottom-full z-30 my-2 max-h-[min(20rem,45dvh)] animate-appear overflow-y-auto rounded-2xl border border-rule bg-raised p-1 shadow-float ${isNew ? "md:top-full md:bottom-auto" : ""}`}
        >
          {offered.map((one, at) => (
            <div
              key={one.command.name}
              ref={at === index ? marked : undefined}
              id={optionId(listId, one.command.name)}
              role="option"
              tabIndex={-1}
              aria-selected={at === index}
              // Down and not click: the composer keeps the focus.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(one);
              }}
              className={`flex min-h-9 cursor-pointer select-none flex-wrap items-baseline gap-x-3 rounded-xl px-3 py-1.5 pointer-coarse:min-h-11 ${at === index ? "bg-wash" : ""}`}
            >
              <span className="font-medium">
                /{one.command.name}
                {one.command.argument && (
                  <span className="font-normal text-ink-faint"> {one.command.argument}</span>
                )}
              </span>
              <span className="text-ink-soft text-sm">{one.command.words}</span>
            </div>
          ))}
        </div>
      )}
      <p aria-live="polite" className="sr-only">
        {offered.length > 0 && composerWords.commandCount(offered.length)}
      </p>
    </>
  );
}
