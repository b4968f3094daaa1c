"use client";

import Link from "next/link";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "#components/ui/button";
import { DoorPage } from "./door-page.tsx";

type DoorFormProps = {
  title: string;
  action: string;
  note?: string | undefined;
  /** What stands above the form. */
  before?: ReactNode;
  /** What went wrong before this page. */
  failed?: string | undefined;
  children?: ReactNode;
  other?: { question: string; words: string; address: string } | undefined;
  /** Resolves when the person is in, with where to go then. Its failure is told as it is worded. */
  enter: (form: FormData) => Promise<string>;
};

/** One form, and the way to the other one. */
export function DoorForm({ title, action, note, before, failed, children, other, enter }: DoorFormProps) {
  const [failure, setFailure] = useState(failed);
  const [busy, setBusy] = useState(false);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      // A page of its own: nothing of who was here before is kept in memory.
      location.assign(await enter(new FormData(event.currentTarget)));
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };

  return (
    <DoorPage title={title} note={note}>
      {before}
      <form onSubmit={onSubmit} className="space-y-4">
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
    </DoorPage>
  );
}

/** What was written into a field of the form. */
export const written = (form: FormData, name: string): string => String(form.get(name) ?? "");
