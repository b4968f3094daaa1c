import { type NextRequest, NextResponse } from "next/server";
import { server } from "#lib/server";

/** Keeps whoever opens a page signed in, and makes who is new a guest, before the page asks who they are. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { api } = server().auth;
  const { headers: refreshed, response: known } = await api.getSession({
    headers: request.headers,
    returnHeaders: true,
  });
  const cookies = known ? refreshed.getSetCookie() : await guestCookies(request);
  if (!cookies) return NextResponse.redirect(signInAddress(request));
  const response = NextResponse.next({ request: { headers: withCookies(request.headers, cookies) } });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
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
  const fresh = setCookies.map((cookie) => cookie.split(";")[0] ?? "");
  const names = new Set(fresh.map(nameOf));
  const kept = (given.get("cookie") ?? "")
    .split("; ")
    .filter((pair) => pair !== "" && !names.has(nameOf(pair)));
  const headers = new Headers(given);
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

export const config = { matcher: ["/", "/conversations/:path*", "/settings/:path*", "/admin"] };
