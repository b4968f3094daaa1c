import { makeSignInLink } from "#lib/accounts/sign-in-links";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const POST = route(
  operations.makeSignInLink,
  async ({ server, accountId, body: { conversationId } }) =>
    json(await makeSignInLink(server.database, { accountId, conversationId }), 201),
);
