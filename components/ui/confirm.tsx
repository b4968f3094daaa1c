"use client";

import { AlertDialog } from "radix-ui";
import { workspaceWords } from "#words/workspace";
import { Button } from "./button.tsx";

type ConfirmProps = {
  open: boolean;
  title: string;
  detail: string;
  action: string;
  onConfirm: () => void;
  onOpenChange: (open: boolean) => void;
};

/** Asks before something that cannot be undone. */
export function Confirm({ open, title, detail, action, onConfirm, onOpenChange }: ConfirmProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <AlertDialog.Content className="fixed inset-x-4 top-1/2 z-50 mx-auto max-w-sm -translate-y-1/2 animate-appear rounded-2xl border border-rule bg-raised p-5 shadow-float">
          <AlertDialog.Title className="font-semibold text-base">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1.5 text-ink-soft">{detail}</AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{workspaceWords.cancel}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look="danger" onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
