import { exportAccount } from "#lib/conversations/export-account";
import { savedAs } from "#lib/http/file-name";
import { jsonArray } from "#lib/http/json-array";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.exportAccount, async ({ server, accountId }) =>
  jsonArray(exportAccount(server.database, { accountId }), savedAs("Rejoin conversations", "json")),
);
