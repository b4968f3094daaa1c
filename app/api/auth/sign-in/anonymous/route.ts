import { guestOf, sealedGuestCookie } from "#lib/accounts/guest";
import { json } from "#lib/http/answers";
import { mustBeOwnOrigin } from "#lib/http/origin";
import { openRoute } from "#lib/http/route";

export const POST = openRoute(async (request) => {
  mustBeOwnOrigin(request);
  const accountId = guestOf(request);
  const response = json({ user: { id: accountId, isAnonymous: true } });
  response.headers.append("set-cookie", sealedGuestCookie(request, accountId));
  return response;
});
