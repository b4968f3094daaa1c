"use client";

import { Download } from "lucide-react";
import { Dialog } from "#components/ui/dialog";
import { shareWords } from "#words/share";

type ExportDialogProps = { conversationId: string; open: boolean; onOpenChange: (open: boolean) => void };

const KINDS = [
  { as: "markdown", name: shareWords.markdown, detail: shareWords.markdownDetail },
  { as: "json", name: shareWords.json, detail: shareWords.jsonDetail },
];

/** As what the conversation is saved. */
export function ExportDialog({ conversationId, open, onOpenChange }: ExportDialogProps) {
  return (
    <Dialog
      title={shareWords.exportTitle}
      detail={shareWords.exportDetail}
      open={open}
      onOpenChange={onOpenChange}
    >
      <ul className="mt-4 space-y-2">
        {KINDS.map(({ as, name, detail }) => (
          <li key={as}>
            <a
              href={`/api/conversations/${conversationId}/export?as=${as}`}
              download
              className="flex items-center gap-3 rounded-xl border border-rule px-4 py-3 hover:bg-wash"
            >
              <Download className="size-4 shrink-0 text-ink-soft" />
              <span className="min-w-0">
                <span className="block font-medium">{name}</span>
                <span className="block text-ink-soft text-xs">{detail}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
