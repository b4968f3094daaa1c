import { z } from "zod";
import { regenerate } from "#lib/conversations/regenerate";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { regenerateBody } from "#lib/protocol/api";
import { idSchema } from "#lib/protocol/ids";

const params = z.object({ messageId: idSchema });

export const POST = route({ params, body: regenerateBody }, async ({ server, accountId, params, body }) => {
  const { sent, isNew } = await regenerate(server, { accountId, ...params, body });
  return json(sent, isNew ? 202 : 200);
});
