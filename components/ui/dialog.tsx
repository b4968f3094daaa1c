"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { workspaceWords } from "#words/workspace";
import { IconButton } from "./icon-button.tsx";

type DialogProps = {
  title: string;
  detail: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Told when it is gone and the focus is back where it was. */
  onClosed?: () => void;
  /** For what does not fit a narrow column. */
  wide?: boolean;
  children: ReactNode;
};

/** Something that is shown over the page, until it is put away. */
export function Dialog({ title, detail, open, onOpenChange, onClosed, wide, children }: DialogProps) {
  /** Where the focus was. A dialog may be opened by a key, and then there is no button to go back to. */
  const before = useRef<Element>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Radix.Content
          onOpenAutoFocus={() => {
            before.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before.current instanceof HTMLElement) before.current.focus();
            onClosed?.();
          }}
          className={`fixed inset-x-4 top-1/2 z-50 mx-auto max-h-[calc(100dvh-2rem)] -translate-y-1/2 animate-appear overflow-y-auto overscroll-contain rounded-2xl border border-rule bg-raised p-5 shadow-float ${wide ? "max-w-2xl" : "max-w-sm"}`}
        >
          <div className="flex items-start justify-between gap-2">
            <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={workspaceWords.close} className="-mt-1 -mr-1">
                <X className="size-4" />
              </IconButton>
            </Radix.Close>
          </div>
          <Radix.Description className="mt-1 text-ink-soft">{detail}</Radix.Description>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
