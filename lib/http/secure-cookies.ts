import { env } from "#lib/env";

/**
 * Cookies that are set over https come back over https alone. Who reaches the same server by plain http, in their
 * own network, keeps cookies that work there. So each request decides, and not a setting once for all.
 */
export function secureCookies({ headers }: { headers: Headers }, cookies: string[]): string[] {
  if (!cameOverHttps(headers, env().APP_URL)) return cookies;
  return cookies.map((cookie) => (/;\s*secure\s*(;|$)/i.test(cookie) ? cookie : `${cookie}; Secure`));
}

/** TLS ends in front of this server. What stands there says so, or is known by the address that it serves. */
export function cameOverHttps(headers: Headers, appUrl: string | undefined): boolean {
  const [protocol] = (headers.get("x-forwarded-proto") ?? "").split(",");
  if (protocol?.trim().toLowerCase() === "https") return true;
  const own = appUrl === undefined ? null : URL.parse(appUrl);
  const asked = headers.get("x-forwarded-host") ?? headers.get("host");
  return own?.protocol === "https:" && own.host === asked;
}
