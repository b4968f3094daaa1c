import { loadShare } from "#lib/conversations/load-share";
import { json } from "#lib/http/answers";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.loadShare, async ({ server, params }) =>
  json(await loadShare(server.database, params.shareToken)),
);
