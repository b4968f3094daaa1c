import { cancelGeneration } from "#lib/conversations/cancel-generation";
import { json } from "#lib/http/answers";
import { deviceKind } from "#lib/http/device-kind";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const POST = route(operations.cancelGeneration, async ({ request, server, accountId, params }) =>
  json(await cancelGeneration(server, { accountId, ...params, from: deviceKind(request.headers) })),
);
