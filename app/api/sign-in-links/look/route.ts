import { lookAtSignInLink } from "#lib/accounts/sign-in-links";
import { json } from "#lib/http/answers";
import { openRoute } from "#lib/http/route";
import { lookAtSignInLinkBody } from "#lib/protocol/accounts";
import { server } from "#lib/server";

/** Asked by a device that is nobody's yet, so that a person sees whose account they are about to enter. */
export const POST = openRoute({ body: lookAtSignInLinkBody }, async ({ body }) =>
  json(await lookAtSignInLink(server().database, body.token)),
);
