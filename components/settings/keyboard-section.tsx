"use client";

import { SingleKeys } from "#components/keyboard/single-keys";
import { Button } from "#components/ui/button";
import { Section } from "#components/ui/section";
import { settingsWords } from "#words/settings";
import { commands } from "../keyboard/commands.ts";

/** What the keyboard does here, and whether single keys do anything. */
export function KeyboardSection() {
  return (
    <Section title={settingsWords.keyboard} about={settingsWords.keyboardAbout}>
      <div className="rounded-xl border border-rule bg-raised px-4 py-3">
        <SingleKeys />
      </div>
      <Button className="mt-3" onClick={() => commands.run("sheet")}>
        {settingsWords.allShortcuts}
      </Button>
    </Section>
  );
}
