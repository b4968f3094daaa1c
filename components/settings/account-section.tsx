"use client";

import Link from "next/link";
import { Row, Rows, Section } from "#components/ui/section";
import { useOwner } from "#components/workspace/tab-provider";
import { settingsWords } from "#words/settings";

/** Who this is. A guest is told what they have and how to keep it. */
export function AccountSection() {
  const { name, email, isGuest } = useOwner();
  return (
    <Section title={settingsWords.account}>
      <Rows>
        <Row name={name} detail={email ?? settingsWords.guestDetail}>
          {isGuest && (
            <Link
              href="/sign-up?next=/settings"
              className="touch-target inline-flex h-9 shrink-0 items-center rounded-lg bg-accent px-3.5 font-medium text-on-accent hover:opacity-90"
            >
              {settingsWords.createAccount}
            </Link>
          )}
        </Row>
      </Rows>
    </Section>
  );
}
