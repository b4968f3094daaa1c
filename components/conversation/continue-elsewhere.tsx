"use client";

import { Smartphone } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { Dialog } from "#components/ui/dialog";
import { IconButton } from "#components/ui/icon-button";
import { QrCode } from "#components/ui/qr-code";
import { useTab } from "#components/workspace/tab-provider";
import { SIGN_IN_LINK_MAX_AGE_SECONDS } from "#lib/protocol/accounts";
import { conversationWords } from "#words/conversation";
import { useCommand } from "../keyboard/use-commands.ts";

const { elsewhere } = conversationWords;

type Way =
  | { kind: "none" }
  | { kind: "link"; address: string }
  | { kind: "over" }
  | { kind: "failed"; why: string };

type ContinueElsewhereProps = {
  /** Absent where there is nothing to go on with yet. */
  conversationId: string | undefined;
  /** Whether a menu offers it where there is little room. */
  inMenu: boolean;
};

/** A way for the phone into this conversation: a code for its camera, or the link itself. */
export function ContinueElsewhere({ conversationId, inMenu }: ContinueElsewhereProps) {
  const { api } = useTab();
  const [open, setOpen] = useState(false);
  const [way, setWay] = useState<Way>({ kind: "none" });

  const make = async () => {
    setWay({ kind: "none" });
    try {
      const { token } = await api.makeSignInLink({ conversationId });
      setWay({ kind: "link", address: `${location.origin}/continue#${token}` });
    } catch (error) {
      setWay({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
    }
  };
  const begin = () => {
    setOpen(true);
    void make();
  };
  useCommand("continue-elsewhere", begin);
  useEffect(() => {
    if (way.kind !== "link") return;
    const timer = setTimeout(() => setWay({ kind: "over" }), LINK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [way]);

  return (
    <>
      <IconButton label={elsewhere.title} onClick={begin} className={inMenu ? "max-md:hidden" : ""}>
        <Smartphone className="size-5" />
      </IconButton>
      <Dialog title={elsewhere.title} detail={elsewhere.detail} open={open} onOpenChange={setOpen}>
        <div className="mt-4">
          {way.kind === "link" && <WayIn address={way.address} />}
          {way.kind === "over" && <Again words={elsewhere.over} onClick={() => void make()} />}
          {way.kind === "failed" && <Again words={way.why} onClick={() => void make()} />}
        </div>
      </Dialog>
    </>
  );
}

/** A little less than the link is valid: nobody is shown one that is refused. */
const LINK_SHOWN_MS = (SIGN_IN_LINK_MAX_AGE_SECONDS - 5) * 1_000;

function WayIn({ address }: { address: string }) {
  return (
    <>
      <QrCode text={address} label={elsewhere.code} />
      <div className="mt-3 flex items-center gap-2">
        <code className="min-w-0 flex-1 truncate font-mono text-ink-soft text-xs">{address}</code>
        <CopyButton text={address} label={elsewhere.copy} />
      </div>
      {isLoopback(new URL(address).hostname) && (
        <p className="mt-2 text-ink-soft text-xs">{elsewhere.loopback}</p>
      )}
    </>
  );
}

function Again({ words, onClick }: { words: string; onClick: () => void }) {
  return (
    <div role="status" className="flex items-center justify-between gap-3">
      <p className="text-ink-soft">{words}</p>
      <Button onClick={onClick}>{elsewhere.again}</Button>
    </div>
  );
}

const isLoopback = (host: string) => host === "localhost" || host === "[::1]" || /^127\./.test(host);
