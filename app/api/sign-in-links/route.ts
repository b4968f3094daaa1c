import { makeSignInLink } from "#lib/accounts/sign-in-links";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { makeSignInLinkBody } from "#lib/protocol/accounts";

export const POST = route(
  { by: "device", body: makeSignInLinkBody },
  async ({ server, accountId, body: { conversationId } }) =>
    json(await makeSignInLink(server.database, { accountId, conversationId }), 201),
);
