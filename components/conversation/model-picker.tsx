"use client";

import { ChevronDown } from "lucide-react";
import { Dialog, Popover } from "radix-ui";
import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import type { Model } from "#lib/protocol/api";
import { composerWords } from "#words/composer";
import { useCommand } from "../keyboard/use-commands.ts";

type ModelPickerProps = { models: Model[]; value: string | undefined; onChange: (id: string) => void };

// Nobody needs it before it is opened.
const ModelList = lazy(async () => ({ default: (await import("./model-list.tsx")).ModelList }));

/** Which model answers. With one there is nothing to choose, and only its name is shown. */
export function ModelPicker({ models, value, onChange }: ModelPickerProps) {
  const [open, setOpen] = useState(false);
  const narrow = useNarrow();
  const name = models.find(({ id }) => id === value)?.name ?? value;
  if (models.length < 2) return <span className="block truncate px-2 text-ink-faint text-xs">{name}</span>;
  const choose = (id: string) => {
    setOpen(false);
    if (id !== value) onChange(id);
  };
  const list = (
    <Suspense fallback={<div className="h-40" />}>
      <ModelList models={models} value={value} onChoose={choose} />
    </Suspense>
  );
  return (
    <>
      <OpenByWish onOpen={() => setOpen(true)} />
      {narrow ? (
        <Dialog.Root open={open} onOpenChange={setOpen}>
          <Dialog.Trigger className={TRIGGER}>{trigger(name)}</Dialog.Trigger>
          <Dialog.Portal>
            <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
            <Dialog.Content className="fixed inset-x-0 bottom-0 z-50 max-h-[80dvh] animate-appear overflow-y-auto rounded-t-2xl border-rule border-t bg-raised p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] shadow-float outline-none">
              <Dialog.Title className="px-3 pt-2 font-semibold">{composerWords.chooseModel}</Dialog.Title>
              <Dialog.Description className="px-3 pb-2 text-ink-soft text-sm">
                {composerWords.chooseModelDetail}
              </Dialog.Description>
              {list}
            </Dialog.Content>
          </Dialog.Portal>
        </Dialog.Root>
      ) : (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger className={TRIGGER}>{trigger(name)}</Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              side="top"
              align="start"
              sideOffset={6}
              collisionPadding={8}
              aria-label={composerWords.chooseModel}
              className="z-40 w-80 animate-appear rounded-2xl border border-rule bg-raised p-1.5 shadow-float outline-none"
            >
              {list}
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </>
  );
}

function OpenByWish({ onOpen }: { onOpen: () => void }) {
  useCommand("model", onOpen);
  return null;
}

/** A sheet at the thumb where there is little room. The server cannot know, and draws what is closed either way. */
const useNarrow = () => useSyncExternalStore(watchWidth, isNarrow, () => false);

const NARROW = "(max-width: 767px)";
const isNarrow = () => matchMedia(NARROW).matches;

function watchWidth(listener: () => void) {
  const width = matchMedia(NARROW);
  width.addEventListener("change", listener);
  return () => width.removeEventListener("change", listener);
}

const TRIGGER =
  "touch-target flex h-8 min-w-0 max-w-full items-center gap-1 rounded-lg px-2 text-ink-soft text-xs hover:bg-wash hover:text-ink";

const trigger = (name: string | undefined) => (
  <>
    <span className="sr-only">{composerWords.model}: </span>
    <span className="truncate">{name}</span>
    <ChevronDown className="size-3.5 shrink-0" />
  </>
);
