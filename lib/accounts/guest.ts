import { env } from "#lib/env";
import { newId } from "#lib/protocol/ids";
import { GUEST_COOKIE, GUEST_COOKIE_MAX_AGE_SECONDS, sealGuest } from "./guest-cookie.ts";
import { knownGuest, secret } from "./who.ts";

/** The guest that a browser is already, or a new one. Nothing is kept of a guest until there is something to keep. */
export function guestOf(request: Request): string {
  return knownGuest(request) ?? newId();
}

/** The Set-Cookie that makes a browser this guest. */
export function sealedGuestCookie(request: Request, accountId: string): string {
  const isSecure = (env().APP_URL ?? request.headers.get("x-forwarded-proto") ?? "").startsWith("https");
  return [
    `${GUEST_COOKIE}=${sealGuest(accountId, secret())}`,
    "Path=/",
    `Max-Age=${GUEST_COOKIE_MAX_AGE_SECONDS}`,
    "HttpOnly",
    "SameSite=Lax",
    ...(isSecure ? ["Secure"] : []),
  ].join("; ");
}
