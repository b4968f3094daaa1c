import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, lt, sql } from "drizzle-orm";
import { accounts, signInLinks } from "#drizzle/accounts";
import type { Database } from "#lib/database/client";
import { Failure } from "#lib/errors";
import { SIGN_IN_LINK_MAX_AGE_SECONDS, type SignInLink } from "#lib/protocol/accounts";

const TOKEN_BYTES = 32;

type Way = { accountId: string; conversationId: string | null };

/** A way in for another device of the account. The token is in this answer and nowhere else. */
export async function makeSignInLink(
  database: Database,
  { accountId, conversationId }: { accountId: string; conversationId: string | undefined },
): Promise<SignInLink> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  await database
    .delete(signInLinks)
    .where(and(eq(signInLinks.accountId, accountId), lt(signInLinks.expiresAt, sql`now()`)));
  const [link] = await database
    .insert(signInLinks)
    .values({
      hash: hashOf(token),
      accountId,
      conversationId,
      expiresAt: sql`now() + ${SIGN_IN_LINK_MAX_AGE_SECONDS} * interval '1 second'`,
    })
    .returning({ expiresAt: signInLinks.expiresAt });
  if (!link) throw new Error("a link was inserted and not returned");
  return { token, expiresAt: link.expiresAt.toISOString() };
}

/** Whose account a link leads to. Looking does not use it up. */
export async function lookAtSignInLink(
  database: Database,
  token: string,
): Promise<{ name: string; email: string | null }> {
  const [found] = await database
    .select({ name: accounts.name, email: accounts.email, isGuest: accounts.isGuest })
    .from(signInLinks)
    .innerJoin(accounts, eq(accounts.id, signInLinks.accountId))
    .where(isValid(token));
  if (!found) throw notValid();
  return { name: found.name, email: found.isGuest ? null : found.email };
}

/** Uses a link up. Of any number of devices that try at once, one comes in. */
export async function takeSignInLink(database: Database, token: string): Promise<Way> {
  const [taken] = await database
    .delete(signInLinks)
    .where(isValid(token))
    .returning({ accountId: signInLinks.accountId, conversationId: signInLinks.conversationId });
  if (!taken) throw notValid();
  return taken;
}

const isValid = (token: string) =>
  and(eq(signInLinks.hash, hashOf(token)), gt(signInLinks.expiresAt, sql`now()`));

const notValid = () =>
  new Failure("not-found", "This link was used already, or its two minutes are over. Make another one.");

/** A token is as random as its hash. */
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");
