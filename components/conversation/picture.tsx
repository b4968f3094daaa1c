"use client";

import { Download, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { composerWords } from "#words/composer";

/** A picture that is kept here: small and of a known size in its message, so that nothing jumps, and large when opened. */
export function Picture({ url, name }: { url: string; name: string }) {
  return (
    <Dialog.Root>
      <Dialog.Trigger
        aria-label={composerWords.openPicture(name)}
        title={name}
        className="block size-44 overflow-hidden rounded-2xl border border-rule bg-wash sm:size-56"
      >
        <img src={url} alt={name} className="size-full object-cover" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Dialog.Content className="fixed inset-2 z-50 flex animate-appear flex-col items-center justify-center gap-3 outline-none">
          <Dialog.Title className="sr-only">{name}</Dialog.Title>
          <Dialog.Description className="sr-only">{composerWords.pictureDetail}</Dialog.Description>
          <img
            src={url}
            alt={name}
            className="max-h-[calc(100%-3.5rem)] max-w-full rounded-xl bg-raised object-contain shadow-float"
          />
          <div className="flex gap-2">
            <a href={url} download={name} className={CONTROL}>
              <Download className="size-4" />
              {composerWords.download}
            </a>
            <Dialog.Close className={CONTROL}>
              <X className="size-4" />
              {composerWords.close}
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const CONTROL =
  "touch-target inline-flex h-9 items-center gap-2 rounded-lg border border-rule bg-raised px-3.5 font-medium text-sm shadow-float hover:bg-sunk";
