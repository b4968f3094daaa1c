import { seenSignInLinkSchema, signedInByLinkSchema, signedInSchema } from "#lib/protocol/accounts";
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
  function bring(guestId: string | undefined, accountId: string): void {
    if (guestId !== undefined) moveShelf(deps.shelfOf(guestId), deps.shelfOf(accountId));
  }

  async function enter(address: string, body: object, guestId: string | undefined): Promise<void> {
    const { user } = await ask(deps, address, { method: "POST", body, answer: signedInSchema });
    bring(guestId, user.id);
  }

  return {
    signIn: (who: { email: string; password: string }, guestId?: string) =>
      enter("/api/auth/sign-in/email", who, guestId),
    signUp: (who: { name: string; email: string; password: string }, guestId?: string) =>
      enter("/api/auth/sign-up/email", who, guestId),

    /** Whose account a link leads to. */
    lookAtLink: (token: string) =>
      ask(deps, "/api/sign-in-links/look", { method: "POST", body: { token }, answer: seenSignInLinkSchema }),

    /** Returns the path of the page that the link was made for. */
    async signInByLink(token: string, guestId?: string): Promise<string> {
      const { user, conversationId } = await ask(deps, "/api/auth/sign-in/link", {
        method: "POST",
        body: { token },
        answer: signedInByLinkSchema,
      });
      bring(guestId, user.id);
      return conversationId === null ? "/" : `/conversations/${conversationId}`;
    },
  };
}

export const browserDoor = (): Door =>
  createDoor({ fetch: (address, init) => fetch(address, init), clock: browserClock, shelfOf: browserShelf });
