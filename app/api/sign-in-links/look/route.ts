import { lookAtSignInLink } from "#lib/accounts/sign-in-links";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

/** Asked by a device that is nobody's yet, so that a person sees whose account they are about to enter. */
export const POST = route(operations.lookAtSignInLink, async ({ server, body }) =>
  json(await lookAtSignInLink(server.database, body.token)),
);
