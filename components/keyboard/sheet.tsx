"use client";

import { useState } from "react";
import { Dialog } from "#components/ui/dialog";
import { keyboardWords } from "#words/keyboard";
import { Keys } from "./keys.tsx";
import { shortcuts } from "./shortcuts.ts";
import { SingleKeys } from "./single-keys.tsx";

const places = ["everywhere", "conversation", "writing"] as const;

/** All shortcuts, and the way to be rid of those of a single key. */
export function Sheet({ onClosed }: { onClosed: () => void }) {
  const [open, setOpen] = useState(true);
  return (
    <Dialog
      title={keyboardWords.sheet}
      detail={keyboardWords.sheetDetail}
      open={open}
      onOpenChange={setOpen}
      onClosed={onClosed}
      wide
    >
      <div className="mt-4 grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {places.map((place) => (
          <section key={place} aria-label={keyboardWords.places[place]}>
            <h3 className="text-ink-faint text-xs">{keyboardWords.places[place]}</h3>
            <dl className="mt-1.5 space-y-1.5">
              {shortcuts
                .filter(({ where }) => where === place)
                .map((shortcut) => (
                  <div key={shortcut.name} className="flex items-center justify-between gap-4">
                    <dt>{keyboardWords.what[shortcut.name]}</dt>
                    <dd>
                      <Keys shortcut={shortcut} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="mt-5 border-rule border-t pt-4">
        <SingleKeys />
      </div>
    </Dialog>
  );
}
