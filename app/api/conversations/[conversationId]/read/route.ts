import { z } from "zod";
import { markRead } from "#lib/conversations/mark-read";
import { route } from "#lib/http/route";
import { markReadBody } from "#lib/protocol/api";
import { idSchema } from "#lib/protocol/ids";

const params = z.object({ conversationId: idSchema });

export const POST = route({ params, body: markReadBody }, async ({ server, accountId, params, body }) => {
  await markRead(server, { accountId, ...params, ...body });
  return new Response(null, { status: 204 });
});
