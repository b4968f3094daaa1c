import {
  goElsewhereSchema,
  seenSignInLinkSchema,
  signedInByLinkSchema,
  signedInSchema,
} from "#lib/protocol/accounts";
import { ask, type Fetch } from "./ask.ts";
import type { Clock } from "./clock.ts";
import { browserClock } from "./clock.ts";
import { moveShelf, type Shelf } from "./shelf.ts";
import { browserShelf } from "./tab.ts";

const GUEST = "guest";

export type Door = ReturnType<typeof createDoor>;

/**
 * Signs in and up. `guestId` is who this browser was until now: what that guest left unsent and half written here
 * goes with them, as their conversations do on the server.
 */
export function createDoor(deps: { fetch: Fetch; clock: Clock; shelfOf: (accountId: string) => Shelf }) {
  function bring(guestId: string | undefined, accountId: string): void {
    if (guestId !== undefined) moveShelf(deps.shelfOf(guestId), deps.shelfOf(accountId));
  }

  /** What is kept from going elsewhere to coming back, when it is known who came in. */
  const left = deps.shelfOf("door");

  async function enter(address: string, body: object, guestId: string | undefined): Promise<void> {
    const { user } = await ask(deps, address, { method: "POST", body, answer: signedInSchema });
    bring(guestId, user.id);
  }

  return {
    signIn: (who: { email: string; password: string }, guestId?: string) =>
      enter("/api/auth/sign-in/email", who, guestId),
    signUp: (who: { name: string; email: string; password: string }, guestId?: string) =>
      enter("/api/auth/sign-up/email", who, guestId),

    /** Whoever's page it is now may have been a guest here before they went elsewhere. */
    arrive(accountId: string): void {
      const guestId = left.read(GUEST);
      left.remove(GUEST);
      if (guestId !== accountId) bring(guestId, accountId);
    },

    /** Returns the address to go to. Who comes back from there is in. */
    async elsewhere(provider: string, next: string, guestId?: string): Promise<string> {
      const body = { provider, callbackURL: next, errorCallbackURL: "/sign-in" };
      const { url } = await ask(deps, "/api/auth/sign-in/social", {
        method: "POST",
        body,
        answer: goElsewhereSchema,
      });
      if (guestId !== undefined) left.write(GUEST, guestId);
      return url;
    },

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
