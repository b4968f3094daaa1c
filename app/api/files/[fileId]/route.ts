import { readFile } from "#lib/files/read-file";
import { fileAnswer } from "#lib/http/file-answer";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.readFile, async ({ server, accountId, params }) =>
  fileAnswer(await readFile(server.database, { accountId, ...params })),
);
