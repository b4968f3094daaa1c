"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { NewPassword } from "#components/ui/new-password";
import { Section } from "#components/ui/section";
import { useTab } from "#components/workspace/tab-provider";
import { settingsWords } from "#words/settings";

/** A new password for the old one. Whoever else came in by the old one is out. */
export function PasswordSection() {
  const { api } = useTab();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [outcome, setOutcome] = useState<{ failed: boolean; words: string }>();
  const [busy, setBusy] = useState(false);

  const change = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setOutcome(undefined);
    try {
      await api.changePassword({
        currentPassword: String(fields.get("current")),
        newPassword: String(fields.get("new")),
      });
      await api.signOutOtherDevices();
      form.current?.reset();
      setOutcome({ failed: false, words: settingsWords.passwordChanged });
      router.refresh();
    } catch (error) {
      setOutcome({ failed: true, words: error instanceof Error ? error.message : String(error) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Section title={settingsWords.password} about={settingsWords.passwordAbout}>
      <form ref={form} onSubmit={change} className="max-w-sm space-y-3">
        <Field
          label={settingsWords.currentPassword}
          name="current"
          type="password"
          autoComplete="current-password"
          required
        />
        <NewPassword label={settingsWords.newPassword} name="new" />
        <p role="status" className={`empty:hidden ${outcome?.failed ? "text-danger" : "text-ink-soft"}`}>
          {outcome?.words}
        </p>
        <Button type="submit" disabled={busy}>
          {settingsWords.changePassword}
        </Button>
      </form>
    </Section>
  );
}
