"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { tellFailure } from "#components/ui/notice";
import { useTab } from "#components/workspace/tab-provider";
import type { InstanceView } from "#lib/protocol/admin";

/** Whether new accounts are taken. What the settings close stays closed, and that is said. */
export function SignUpSwitch({ instance }: { instance: InstanceView }) {
  const { api } = useTab();
  const [signUp, setSignUp] = useState(instance.signUp);
  if (instance.settings.signUp === "closed") {
    return (
      <p className="text-ink-soft">
        New accounts are not taken: the settings say <code className="font-mono text-xs">SIGN_UP=closed</code>
        . Change it there, and start the server again.
      </p>
    );
  }
  const isOpen = signUp !== "closed";
  const change = async () => {
    const changed = await api.changeInstance({ signUp: isOpen ? "closed" : "open" });
    setSignUp(changed.signUp);
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-ink-soft" role="status">
        {isOpen
          ? "Anybody who can open this page may create an account."
          : "New accounts are not taken. Who has one can sign in."}
      </p>
      <Button onClick={() => tellFailure(change(), "This was not changed.")}>
        {isOpen ? "Close sign-up" : "Open sign-up"}
      </Button>
    </div>
  );
}
