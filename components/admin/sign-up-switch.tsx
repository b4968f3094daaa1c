"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { tellFailure } from "#components/ui/notice";
import { useTab } from "#components/workspace/tab-provider";
import type { InstanceView } from "#lib/protocol/admin";
import { adminWords } from "#words/admin";

/** Whether new accounts are taken. What the settings close stays closed, and that is said. */
export function SignUpSwitch({ instance }: { instance: InstanceView }) {
  const { api } = useTab();
  const [signUp, setSignUp] = useState(instance.signUp);
  const bySettings = adminWords.signUpClosedBySettings;
  if (instance.settings.signUp === "closed") {
    return (
      <p className="text-ink-soft">
        {bySettings.before}
        <code className="font-mono text-xs">{bySettings.setting}</code>
        {bySettings.after}
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
        {isOpen ? adminWords.signUpOpen : adminWords.signUpClosed}
      </p>
      <Button onClick={() => tellFailure(change(), adminWords.signUpNotChanged)}>
        {isOpen ? adminWords.closeSignUp : adminWords.openSignUp}
      </Button>
    </div>
  );
}
