import { createHmac, timingSafeEqual } from "node:crypto";
import { idSchema } from "#lib/protocol/ids";

export const GUEST_COOKIE = "rejoin_guest";
/** As long as browsers keep one. */
export const GUEST_COOKIE_MAX_AGE_SECONDS = 400 * 24 * 60 * 60;

/** An account's id with our signature under it. Who holds it is that guest. */
export function sealGuest(accountId: string, secret: string): string {
  return `${accountId}.${signature(accountId, secret)}`;
}

/** The account that a cookie names, or undefined if we never signed it. */
export function openGuest(sealed: string | undefined, secret: string): string | undefined {
  const [accountId = "", given = ""] = (sealed ?? "").split(".");
  const expected = Buffer.from(signature(accountId, secret));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined;
  return idSchema.safeParse(accountId).data;
}

const signature = (accountId: string, secret: string) =>
  createHmac("sha256", secret).update(`guest:${accountId}`).digest("base64url");
