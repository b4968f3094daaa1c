"use client";

import Link from "next/link";
import { type FormEvent, type ReactNode, useState } from "react";
import { Mark } from "#components/brand/mark";
import { Button } from "#components/ui/button";

type DoorFormProps = {
  title: string;
  action: string;
  /** What becomes of what the guest did, if there is a guest. */
  note?: string | undefined;
  children: ReactNode;
  other: { question: string; words: string; address: string } | undefined;
  /** Resolves when the person is in. Its failure is told as it is worded. */
  enter: (form: FormData) => Promise<void>;
  /** Where to go then. */
  next: string;
};

/** The page before the pages: one form, and the way to the other one. */
export function DoorForm({ title, action, note, children, other, enter, next }: DoorFormProps) {
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await enter(new FormData(event.currentTarget));
      // A page of its own: nothing of who was here before is kept in memory.
      location.assign(next);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };

  return (
    <main className="flex h-dvh flex-col items-center overflow-y-auto px-6 py-[max(3rem,12vh)]">
      <title>{`${title} · Rejoin`}</title>
      <div className="w-full max-w-sm">
        <Mark className="mb-4 size-9" />
        <h1 className="font-semibold text-xl tracking-[-0.01em]">{title}</h1>
        {note && <p className="mt-1.5 text-ink-soft text-sm">{note}</p>}
        <form onSubmit={onSubmit} className="mt-6 space-y-4">
          {children}
          <p role="alert" className="text-danger text-sm empty:hidden">
            {failure}
          </p>
          <Button type="submit" look="accent" disabled={busy} className="w-full">
            {action}
          </Button>
        </form>
        {other && (
          <p className="mt-5 text-ink-soft text-sm">
            {other.question}{" "}
            <Link href={other.address} className="font-medium text-accent underline-offset-4 hover:underline">
              {other.words}
            </Link>
          </p>
        )}
      </div>
    </main>
  );
}

/** What was written into a field of the form. */
export const written = (form: FormData, name: string): string => String(form.get(name) ?? "");
