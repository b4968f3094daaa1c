import { z } from "zod";
import { cancelGeneration } from "#lib/conversations/cancel-generation";
import { json } from "#lib/http/answers";
import { deviceKind } from "#lib/http/device-kind";
import { route } from "#lib/http/route";
import { idSchema } from "#lib/protocol/ids";

const params = z.object({ generationId: idSchema });

export const POST = route({ params }, async ({ request, server, accountId, params }) =>
  json(await cancelGeneration(server, { accountId, ...params, from: deviceKind(request.headers) })),
);
