"use client";

import { ScrollText } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { IconButton } from "#components/ui/icon-button";
import { tellFailure } from "#components/ui/notice";
import { INSTRUCTIONS_MAX_LENGTH } from "#lib/protocol/api";
import { composerWords } from "#words/composer";
import { commands } from "../keyboard/commands.ts";
import { useCommand } from "../keyboard/use-commands.ts";

type InstructionsProps = {
  instructions: string | null;
  onKeep: (instructions: string | null) => Promise<void>;
};

/** What every answer of a conversation is told first: a button in its header, and the dialog that changes it. */
export function Instructions({ instructions, onKeep }: InstructionsProps) {
  const [open, setOpen] = useState(false);
  useCommand("instructions", () => setOpen(true));
  return (
    <>
      <IconButton label={composerWords.instructions} onClick={() => setOpen(true)}>
        <ScrollText className="size-5" />
      </IconButton>
      <Dialog
        title={composerWords.instructions}
        detail={composerWords.instructionsDetail}
        open={open}
        onOpenChange={setOpen}
      >
        <InstructionsForm
          instructions={instructions}
          onKeep={(wanted) => {
            setOpen(false);
            if (wanted !== instructions) tellFailure(onKeep(wanted), composerWords.noInstructionsKept);
          }}
        />
      </Dialog>
    </>
  );
}

function InstructionsForm({
  instructions,
  onKeep,
}: {
  instructions: string | null;
  onKeep: (wanted: string | null) => void;
}) {
  const [text, setText] = useState(instructions ?? "");
  const isTooLong = text.length > INSTRUCTIONS_MAX_LENGTH;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isTooLong) onKeep(text.trim() === "" ? null : text.trim());
      }}
    >
      <textarea
        aria-label={composerWords.instructions}
        placeholder={composerWords.instructionsPlaceholder}
        dir="auto"
        rows={6}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="mt-4 block w-full resize-y rounded-lg border border-rule-strong bg-raised px-3 py-2 text-base outline-none placeholder:text-ink-faint focus:border-accent"
      />
      <div className="mt-3 flex items-center justify-between gap-3">
        <p aria-live="polite" className="text-danger text-sm">
          {isTooLong && composerWords.instructionsTooLong(INSTRUCTIONS_MAX_LENGTH)}
        </p>
        <Button type="submit" look="accent" disabled={isTooLong}>
          {composerWords.keepInstructions}
        </Button>
      </div>
    </form>
  );
}

/** The instructions in one quiet line, so that nobody wonders why answers are as they are. */
export function InstructionsLine({ instructions }: { instructions: string | null }) {
  if (instructions === null) return null;
  return (
    <div className="mx-auto w-full max-w-column px-4 md:px-6">
      <button
        type="button"
        onClick={() => commands.run("instructions")}
        className="touch-target flex w-full items-center gap-2 rounded-lg px-2 py-1 text-start text-ink-faint text-xs hover:bg-wash hover:text-ink-soft"
      >
        <ScrollText className="size-3.5 shrink-0" />
        <span className="sr-only">{composerWords.instructions}: </span>
        <span dir="auto" className="truncate">
          {instructions}
        </span>
      </button>
    </div>
  );
}
