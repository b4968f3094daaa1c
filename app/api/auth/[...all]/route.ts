import { authAnswer } from "#lib/http/auth-answer";
import { mustBeOwnOrigin } from "#lib/http/origin";
import { openRoute } from "#lib/http/route";
import { server } from "#lib/server";

/** Better-auth's addresses, in its words. */
const auth = openRoute(async (request: Request) => {
  if (request.method !== "GET") mustBeOwnOrigin(request);
  return authAnswer(request, await server().auth.handler(request));
});

export { auth as GET, auth as POST };
