import { markRead } from "#lib/conversations/mark-read";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const POST = route(operations.markRead, async ({ server, accountId, params, body }) => {
  await markRead(server, { accountId, ...params, ...body });
  return new Response(null, { status: 204 });
});
