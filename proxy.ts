import { type NextRequest, NextResponse } from "next/server";
import { guestOf, sealedGuestCookie } from "#lib/accounts/guest";
import { knownGuest } from "#lib/accounts/who";

/** Makes whoever opens a page for the first time a guest, before the page asks who they are. */
export function proxy(request: NextRequest): NextResponse {
  if (knownGuest(request)) return NextResponse.next();
  const cookie = sealedGuestCookie(request, guestOf(request));
  const headers = new Headers(request.headers);
  headers.append("cookie", cookie.split(";")[0] ?? "");
  const response = NextResponse.next({ request: { headers } });
  response.headers.append("set-cookie", cookie);
  return response;
}

export const config = { matcher: ["/", "/conversations/:path*"] };
