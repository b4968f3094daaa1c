import { loadSharedFile } from "#lib/conversations/load-shared-file";
import { fileAnswer } from "#lib/http/file-answer";
import { route } from "#lib/http/route";
import { operations } from "#lib/protocol/operations";

export const GET = route(operations.loadSharedFile, async ({ server, params }) => {
  const answer = fileAnswer(await loadSharedFile(server.database, params));
  // It is there for as long as the link is.
  answer.headers.set("cache-control", "private, no-store");
  return answer;
});
