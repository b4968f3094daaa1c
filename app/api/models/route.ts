import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.listModels, async ({ server }) =>
  json({ models: await server.models.list() }),
);
