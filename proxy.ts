import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env, isDevelopment } from "#lib/env";
import { keepAwake } from "#lib/http/keep-awake";
import { NONCE_HEADER, pagePolicy } from "#lib/http/page-policy";
import { secureCookies } from "#lib/http/secure-cookies";
import { server } from "#lib/server";

const NONCE_BYTES = 16;
/** The pages that are somebody's. On the others nobody becomes a guest. */
const OWNED = /^\/((conversations|settings|admin)(\/.*)?)?$/;

/** Before a page is drawn: its policy is set, and on a page that is somebody's it is known whose. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  // It may be a function of its own there, which is to answer and to do nothing else.
  keepAwake({ works: false });
  const cookies = OWNED.test(request.nextUrl.pathname) ? await signedInCookies(request) : [];
  if (!cookies) return NextResponse.redirect(signInAddress(request));
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  const policy = pagePolicy({ nonce, imageOrigins: env().IMAGE_ORIGINS, dev: isDevelopment() });
  const headers = withCookies(request.headers, cookies);
  headers.set(NONCE_HEADER, nonce);
  headers.set("content-security-policy", policy); // Where Next looks for the nonce of its own scripts.
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const cookie of secureCookies(request, cookies)) response.headers.append("set-cookie", cookie);
  return response;
}

/** Keeps whoever opens a page signed in, and makes who is new a guest; undefined for who has to sign in. */
async function signedInCookies(request: NextRequest): Promise<string[] | undefined> {
  const { api } = server().auth;
  const { headers, response: known } = await api.getSession({
    headers: request.headers,
    returnHeaders: true,
  });
  return known ? headers.getSetCookie() : guestCookies(request);
}

/** What makes a browser a new guest; undefined where guests are not taken. */
async function guestCookies(request: NextRequest): Promise<string[] | undefined> {
  const { auth, takesGuests } = server();
  if (!takesGuests) return undefined;
  const { headers } = await auth.api.signInAnonymous({ headers: request.headers, returnHeaders: true });
  return headers.getSetCookie();
}

/** The request as the browser will send it once it has taken the cookies. */
function withCookies(given: Headers, setCookies: string[]): Headers {
  const headers = new Headers(given);
  if (setCookies.length === 0) return headers;
  const fresh = setCookies.map((cookie) => cookie.split(";")[0] ?? "");
  const names = new Set(fresh.map(nameOf));
  const kept = (given.get("cookie") ?? "")
    .split("; ")
    .filter((pair) => pair !== "" && !names.has(nameOf(pair)));
  headers.set("cookie", [...kept, ...fresh].join("; "));
  return headers;
}

const nameOf = (pair: string) => pair.split("=")[0];

/** Where to sign in, and to come back to afterwards. */
function signInAddress({ nextUrl }: NextRequest): URL {
  const address = new URL("/sign-in", nextUrl);
  if (nextUrl.pathname !== "/") address.searchParams.set("next", nextUrl.pathname);
  return address;
}

/** All pages, those that are not found among them. Not what programs ask, and not files. */
export const config = {
  matcher: [
    "/((?!api$|api/|_next/|icon\\.svg$|(?:apple-)?icon[a-z0-9-]*\\.png$|manifest\\.webmanifest$|diagram-frame).*)",
  ],
};
