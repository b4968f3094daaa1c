"use client";

import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { Dialog } from "#components/ui/dialog";
import { tellFailure } from "#components/ui/notice";
import { useTab } from "#components/workspace/tab-provider";
import { shareWords } from "#words/share";

type ShareDialogProps = {
  conversationId: string;
  /** It may hold words of a prompt that was edited since, so it is said that others see it. */
  title: string;
  /** As the log tells it: another device may have made the link, or taken it back. */
  shareToken: string | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Makes the link, says what others will see by it, and takes it back. */
export function ShareDialog({ conversationId, title, shareToken, open, onOpenChange }: ShareDialogProps) {
  const { api } = useTab();
  const [busy, setBusy] = useState(false);
  const ask = (asked: Promise<unknown>, failure: string) => {
    setBusy(true);
    tellFailure(
      asked.finally(() => setBusy(false)),
      failure,
    );
  };
  return (
    <Dialog title={shareWords.title} detail={shareWords.unshared} open={open} onOpenChange={onOpenChange}>
      <ul className="mt-3 list-disc space-y-1 ps-5 text-ink-soft text-sm">
        {[shareWords.seen(title), shareWords.later, shareWords.unseen].map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <div className="mt-4">
        {shareToken ? (
          <TheLink shareToken={shareToken}>
            <Button
              disabled={busy}
              onClick={() => ask(api.unshareConversation(conversationId), shareWords.stillShared)}
            >
              {shareWords.revoke}
            </Button>
          </TheLink>
        ) : (
          <Button
            look="accent"
            disabled={busy}
            onClick={() => ask(api.shareConversation(conversationId), shareWords.notShared)}
          >
            {shareWords.create}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** The dialog is opened by hand, so this is drawn in a browser, which knows the address it is at. */
function TheLink({ shareToken, children }: { shareToken: string; children: React.ReactNode }) {
  const path = `/share/${shareToken}`;
  const address = location.origin + path;
  return (
    <>
      <div className="flex items-center gap-2 rounded-lg border border-rule bg-sunk py-1 ps-3 pe-1">
        <code className="min-w-0 flex-1 truncate font-mono text-xs">{address}</code>
        <CopyButton text={address} label={shareWords.copy} />
      </div>
      <div className="mt-3 flex items-center justify-between gap-3">
        {children}
        <a
          href={path}
          target="_blank"
          rel="noopener"
          className="touch-target inline-flex h-9 items-center gap-1.5 rounded-lg px-2 font-medium text-accent text-sm underline-offset-4 hover:underline"
        >
          {shareWords.open}
          <ExternalLink className="size-3.5" />
        </a>
      </div>
    </>
  );
}
