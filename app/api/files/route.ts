import { fileTooLarge, keepFile } from "#lib/files/keep-file";
import { json } from "#lib/http/answers";
import { readBytes } from "#lib/http/read-bytes";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const POST = route(operations.keepFile, async ({ server, request, accountId, query }) => {
  const { fileLimits } = server;
  const bytes = await readBytes(request, fileLimits.fileBytes, () => fileTooLarge(fileLimits));
  const { file, isNew } = await keepFile(server, { accountId, ...query, bytes });
  return json({ file }, isNew ? 201 : 200);
});
