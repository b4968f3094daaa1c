import { env } from "#lib/env";
import { Failure } from "#lib/errors";
import { ACCOUNT_HEADER } from "#lib/protocol/api";
import { GUEST_COOKIE, openGuest } from "./guest-cookie.ts";

/** The account that a request speaks for. */
export function whoAsks(request: Request): string {
  const accountId = knownGuest(request);
  const meant = request.headers.get(ACCOUNT_HEADER);
  if (accountId && meant !== null && meant !== accountId) {
    throw new Failure("not-signed-in", "Somebody else is signed in by now. Reload the page to go on.");
  }
  if (accountId) return accountId;
  throw new Failure(
    "not-signed-in",
    "Open the page in a browser, or POST /api/auth/sign-in/anonymous and send the cookie that it sets.",
  );
}

export function knownGuest(request: Request): string | undefined {
  return openGuest(cookieOf(request, GUEST_COOKIE), secret());
}

export function secret(): string {
  const { AUTH_SECRET } = env();
  if (AUTH_SECRET) return AUTH_SECRET;
  throw new Error(
    "AUTH_SECRET is not set. Start with `npm start`, or set it to 32 random characters or more.",
  );
}

function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, value] = pair.trim().split("=");
    if (key === name && value) return value;
  }
  return undefined;
}
