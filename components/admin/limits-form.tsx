"use client";

import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { tellFailure } from "#components/ui/notice";
import { useTab } from "#components/workspace/tab-provider";
import type { InstanceView } from "#lib/protocol/admin";
import { adminWords } from "#words/admin";

/** How many prompts a day. An empty field leaves it to the settings. */
export function LimitsForm({ instance }: { instance: InstanceView }) {
  const { api } = useTab();
  const [isSaved, setSaved] = useState(false);
  const { settings } = instance;

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const save = async () => {
      await api.changeInstance({
        promptsPerDay: numberIn(form, "promptsPerDay"),
        guestPromptsPerDay: numberIn(form, "guestPromptsPerDay"),
      });
      setSaved(true);
    };
    tellFailure(save(), adminWords.limitsNotChanged);
  };

  return (
    <form onSubmit={onSubmit} onChange={() => setSaved(false)}>
      <div className="grid gap-4 md:grid-cols-2">
        <Field
          {...NUMBER}
          label={adminWords.perAccount}
          name="promptsPerDay"
          defaultValue={instance.promptsPerDay ?? ""}
          placeholder={placeholder(settings.promptsPerDay)}
          hint={adminWords.emptyMeans(settings.promptsPerDay)}
        />
        <Field
          {...NUMBER}
          label={adminWords.perGuest}
          name="guestPromptsPerDay"
          defaultValue={instance.guestPromptsPerDay ?? ""}
          placeholder={placeholder(settings.guestPromptsPerDay)}
          hint={adminWords.emptyMeansForGuests(settings.guestPromptsPerDay)}
        />
      </div>
      <div className="mt-4 flex items-center gap-3">
        <Button type="submit">{adminWords.saveLimits}</Button>
        <p role="status" className="text-ink-soft">
          {isSaved && adminWords.limitsSaved}
        </p>
      </div>
    </form>
  );
}

const NUMBER = { type: "number", inputMode: "numeric", min: 1, max: 1_000_000_000, step: 1 } as const;

const placeholder = (count: number | null) => (count === null ? "" : String(count));

function numberIn(form: FormData, name: string): number | null {
  const text = String(form.get(name) ?? "").trim();
  return text === "" ? null : Number(text);
}
