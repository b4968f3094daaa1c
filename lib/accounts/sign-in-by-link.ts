import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint, getSessionFromCtx } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import type { Database } from "#lib/database/client";
import { hasCode } from "#lib/errors";
import { signInByLinkBody } from "#lib/protocol/accounts";
import { takeSignInLink } from "./sign-in-links.ts";

/**
 * Better-auth's way in by a link from another device. It is a sign-in like its others: under their path, so that a
 * guest is adopted, and with a session of its own, so that each device can be signed out alone.
 */
export function signInByLink(database: Database) {
  return {
    id: "sign-in-by-link",
    endpoints: {
      signInByLink: createAuthEndpoint(
        "/sign-in/link",
        { method: "POST", body: signInByLinkBody },
        async (context) => {
          const { internalAdapter } = context.context;
          const { accountId, conversationId } = await taken(database, context.body.token);
          const user = await internalAdapter.findUserById(accountId);
          if (!user) throw new APIError("NOT_FOUND", { message: "This account is no more." });
          const before = await getSessionFromCtx(context);
          const session = await internalAdapter.createSession(accountId);
          await setSessionCookie(context, { session, user });
          // This browser holds one cookie: what it was signed in by before is nobody's from here on. Another guest is
          // still to be adopted by it, and then goes with all that they had.
          const isAdopted = before?.user.isAnonymous && before.user.id !== accountId;
          if (before && !isAdopted) await internalAdapter.deleteSession(before.session.token);
          return context.json({ user: { id: accountId }, conversationId });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

async function taken(database: Database, token: string) {
  try {
    return await takeSignInLink(database, token);
  } catch (error) {
    if (!hasCode(error, "not-found")) throw error;
    throw new APIError("NOT_FOUND", { message: (error as Error).message });
  }
}
