import type { Asker } from "#lib/asker";
import { noSuchShare } from "#lib/conversations/shared";
import { Failure } from "#lib/errors";
import { type Bye, openLines } from "#lib/open-lines";

/**
 * An answer that is held back until there is something to tell. Like a line it ends early, through `leave`, when the
 * server goes or who asked is signed out; and they are told that, and not what came meanwhile.
 */
export async function heldOpen<Told>(
  asker: Asker,
  tell: (leave: AbortSignal) => Promise<Told>,
  lines = openLines(),
): Promise<Told> {
  const leave = new AbortController();
  let bye: Bye | undefined;
  const forget = lines.add((why) => {
    bye = why;
    leave.abort();
  }, asker);
  try {
    const told = await tell(leave.signal);
    if (bye?.reason === "share-ended") throw noSuchShare();
    if (bye?.reason !== "signed-out") return told;
    throw new Failure("not-signed-in", "You were signed out while you waited. Sign in again to go on.");
  } finally {
    forget();
  }
}
