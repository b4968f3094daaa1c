import { restoreConversation } from "#lib/conversations/restore-conversation";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const POST = route(operations.restoreConversation, async ({ server, accountId, params }) =>
  json(await restoreConversation(server, { accountId, ...params })),
);
