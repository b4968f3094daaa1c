"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { Confirm } from "#components/ui/confirm";
import { tellFailure } from "#components/ui/notice";
import { useOwner, useTab } from "#components/workspace/tab-provider";
import type { OverseenAccount } from "#lib/protocol/admin";
import { adminWords } from "#words/admin";

type AccountRowProps = { account: OverseenAccount; onChanged: (changed: OverseenAccount) => void };

export function AccountRow({ account, onChanged }: AccountRowProps) {
  const { api } = useTab();
  const isOwn = useOwner().id === account.id;
  const [asking, setAsking] = useState(false);
  const { id, name, email, disabledAt } = account;
  const isDisabled = disabledAt !== null;
  const change = async () => onChanged(await api.changeAccount(id, { disabled: !isDisabled }));

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span
            dir="auto"
            className={`max-w-full truncate font-medium ${isDisabled ? "text-ink-faint line-through" : ""}`}
          >
            {name}
          </span>
          <span className="max-w-full truncate text-ink-soft text-xs">{email}</span>
        </p>
        <p className="mt-0.5 text-ink-faint text-xs">{factsOf(account).join(" · ")}</p>
      </div>
      {isOwn ? (
        <span className="px-3.5 text-ink-faint text-sm">{adminWords.you}</span>
      ) : (
        <Button
          aria-label={isDisabled ? adminWords.enableWho(name) : adminWords.disableWho(name)}
          onClick={() => setAsking(true)}
        >
          {isDisabled ? adminWords.enable : adminWords.disable}
        </Button>
      )}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={isDisabled ? adminWords.enableAsked(name) : adminWords.disableAsked(name)}
        detail={isDisabled ? adminWords.enableDetail : adminWords.disableDetail}
        action={isDisabled ? adminWords.enable : adminWords.disable}
        onConfirm={() => tellFailure(change(), adminWords.accountNotChanged)}
      />
    </li>
  );
}

function factsOf({
  createdAt,
  lastSeenAt,
  disabledAt,
  conversations,
  promptsToday,
}: OverseenAccount): string[] {
  return [
    ...(disabledAt ? [adminWords.disabledSince(day(disabledAt))] : []),
    adminWords.joined(day(createdAt)),
    lastSeenAt ? adminWords.seen(day(lastSeenAt)) : adminWords.notSignedIn,
    adminWords.conversations(conversations),
    adminWords.promptsToday(promptsToday),
  ];
}

// The day as UTC has it, as that of the limits: server and browser write the same.
const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "medium" });
const day = (time: string) => DAY.format(new Date(time));
