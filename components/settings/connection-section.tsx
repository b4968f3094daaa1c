import Link from "next/link";
import { Section } from "#components/ui/section";
import { connectionWords } from "#words/connection";

/** The way to where the connection is checked. */
export function ConnectionSection() {
  return (
    <Section title={connectionWords.title} about={connectionWords.settingsAbout}>
      <Link
        href="/settings/connection"
        className="touch-target inline-flex h-9 items-center rounded-lg border border-rule-strong px-3.5 font-medium text-sm hover:bg-wash"
      >
        {connectionWords.open}
      </Link>
    </Section>
  );
}
