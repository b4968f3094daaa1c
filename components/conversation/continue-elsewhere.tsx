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

type Way =
  | { kind: "none" }
  | { kind: "link"; address: string }
  | { kind: "over" }
  | { kind: "failed"; why: string };

/** A way for the phone into this conversation: a code for its camera, or the link itself. */
export function ContinueElsewhere({ conversationId }: { conversationId: string | undefined }) {
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
  useEffect(() => {
    if (way.kind !== "link") return;
    const timer = setTimeout(() => setWay({ kind: "over" }), LINK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [way]);

  return (
    <>
      <IconButton
        label="Continue on another device"
        onClick={() => {
          setOpen(true);
          void make();
        }}
      >
        <Smartphone className="size-5" />
      </IconButton>
      <Dialog
        title="Continue on another device"
        detail="Point its camera here, or open the link there. It signs that device in to your account, once, within two minutes."
        open={open}
        onOpenChange={setOpen}
      >
        <div className="mt-4">
          {way.kind === "link" && <WayIn address={way.address} />}
          {way.kind === "over" && <Again words="The link has run out." onClick={() => void make()} />}
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
      <QrCode text={address} label="The link as a code for a camera" />
      <div className="mt-3 flex items-center gap-2">
        <code className="min-w-0 flex-1 truncate font-mono text-ink-soft text-xs">{address}</code>
        <CopyButton text={address} label="Copy the link" />
      </div>
      {isLoopback(new URL(address).hostname) && (
        <p className="mt-2 text-ink-soft text-xs">
          This address works on this computer alone. For your phone, open Rejoin here under the computer's
          name or number in your network, and make the link there.
        </p>
      )}
    </>
  );
}

function Again({ words, onClick }: { words: string; onClick: () => void }) {
  return (
    <div role="status" className="flex items-center justify-between gap-3">
      <p className="text-ink-soft">{words}</p>
      <Button onClick={onClick}>Make another one</Button>
    </div>
  );
}

const isLoopback = (host: string) => host === "localhost" || host === "[::1]" || /^127\./.test(host);
