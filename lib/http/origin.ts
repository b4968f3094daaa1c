import { env } from "#lib/env";
import { Failure } from "#lib/errors";

/**
 * A request that changes something must come from our own pages, or from no page at all: a browser sends a foreign
 * site's cookieful request with that site's Origin. Programs send none, and hold no cookie that a site could abuse.
 */
export function mustBeOwnOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  if (origin === null) return;
  const { APP_URL } = env();
  const asked = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  const isOwn =
    URL.canParse(origin) &&
    (new URL(origin).host === asked || (APP_URL !== undefined && origin === new URL(APP_URL).origin));
  if (!isOwn)
    throw new Failure(
      "wrong-origin",
      `Requests from ${origin} are not taken here. Set APP_URL if this is its own address.`,
    );
}
