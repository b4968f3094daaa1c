"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { browserDoor } from "#lib/client/door";
import { doorWords } from "#words/door";
import { DoorForm } from "./door-form.tsx";
import { DoorPage } from "./door-page.tsx";

type Seen = { name: string; email: string | null };

/**
 * Where a link from another device leads. The token stands behind the `#`, which no server and no log is told. Whose
 * account it is, is said before it is entered: a link may come from somebody else.
 */
export function Continue({ guestId }: { guestId: string | undefined }) {
  // Read once, before it is taken away. On the server there is none, and nothing is drawn from it.
  const [token] = useState(() => (typeof location === "undefined" ? "" : location.hash.slice(1)));
  const [seen, setSeen] = useState<Seen>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    // A link that is looked at stays neither in the address nor in the history.
    history.replaceState(null, "", location.pathname);
    if (token === "") return setFailure(doorWords.linkNotWhole);
    browserDoor()
      .lookAtLink(token)
      .then(setSeen)
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));
  }, [token]);

  if (failure) {
    return (
      <DoorPage title={doorWords.linkFailed} note={failure}>
        <Link href="/" className="font-medium text-accent underline-offset-4 hover:underline">
          {doorWords.withoutLink}
        </Link>
      </DoorPage>
    );
  }
  if (!seen) return <DoorPage title={doorWords.continue} note={doorWords.lookingAtLink} />;
  const { name, email } = seen;
  return (
    <DoorForm
      title={doorWords.continueAs(name)}
      note={[
        email ? doorWords.linkOf(email) : doorWords.linkOfGuest,
        doorWords.onlyYourOwn,
        guestId && doorWords.guestSignsIn,
      ]
        .filter(Boolean)
        .join(" ")}
      action={doorWords.continue}
      enter={() => browserDoor().signInByLink(token, guestId)}
    />
  );
}
