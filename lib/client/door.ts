import { signedInSchema } from "#lib/protocol/accounts";
import { ask, type Fetch } from "./ask.ts";
import type { Clock } from "./clock.ts";
import { browserClock } from "./clock.ts";
import { moveShelf, type Shelf } from "./shelf.ts";
import { browserShelf } from "./tab.ts";

export type Door = ReturnType<typeof createDoor>;

/**
 * Signs in and up. `guestId` is who this browser was until now: what that guest left unsent and half written here
 * goes with them, as their conversations do on the server.
 */
export function createDoor(deps: { fetch: Fetch; clock: Clock; shelfOf: (accountId: string) => Shelf }) {
  async function enter(address: string, body: object, guestId: string | undefined): Promise<void> {
    const { user } = await ask(deps, address, { method: "POST", body, answer: signedInSchema });
    if (guestId !== undefined) moveShelf(deps.shelfOf(guestId), deps.shelfOf(user.id));
  }

  return {
    signIn: (who: { email: string; password: string }, guestId?: string) =>
      enter("/api/auth/sign-in/email", who, guestId),
    signUp: (who: { name: string; email: string; password: string }, guestId?: string) =>
      enter("/api/auth/sign-up/email", who, guestId),
  };
}

export const browserDoor = (): Door =>
  createDoor({ fetch: (address, init) => fetch(address, init), clock: browserClock, shelfOf: browserShelf });
