"use client";

import { Button } from "#components/ui/button";
import { tellFailure } from "#components/ui/notice";
import { browserDoor } from "#lib/client/door";
import type { SignInProvider } from "#lib/protocol/accounts";
import { doorWords } from "#words/door";

type ElsewhereProps = { providers: SignInProvider[]; next: string; guestId: string | undefined };

/** The ways in by an account that somebody has elsewhere; nothing where none is set up. */
export function Elsewhere({ providers, next, guestId }: ElsewhereProps) {
  const go = async (providerId: string) => {
    location.assign(await browserDoor().elsewhere(providerId, next, guestId));
  };
  if (providers.length === 0) return null;
  return (
    <div className="mb-5 space-y-2">
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          className="w-full"
          onClick={() => tellFailure(go(id), doorWords.elsewhereFailed(name))}
        >
          {doorWords.elsewhere(name)}
        </Button>
      ))}
      <p className="pt-3 text-center text-ink-faint text-xs">{doorWords.orByEmail}</p>
    </div>
  );
}
