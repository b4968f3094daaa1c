"use client";

import { useState } from "react";
import { Dialog } from "#components/ui/dialog";
import { composerWords } from "#words/composer";
import { commands } from "./commands.ts";
import { useWish } from "./wishes.ts";

/** What `/help` tells: the commands, and the keys of a conversation. */
export function Help() {
  const [open, setOpen] = useState(false);
  useWish("help", () => setOpen(true));
  const rows = [...commands.map(({ name, words }) => [`/${name}`, words]), ...composerWords.keys];
  return (
    <Dialog
      title={composerWords.helpTitle}
      detail={composerWords.helpDetail}
      open={open}
      onOpenChange={setOpen}
    >
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
        {rows.map(([key, words]) => (
          <div key={key} className="contents">
            <dt className="font-mono text-ink-soft">{key}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
