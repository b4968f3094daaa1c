import { loadSnapshot } from "#lib/conversations/load-snapshot";
import { json } from "#lib/http/answers";
import { savedAs } from "#lib/http/file-name";
import { route } from "#lib/http/route";
import { exportOf } from "#lib/protocol/exported";
import { toMarkdown } from "#lib/protocol/markdown-export";
import { operations } from "#lib/protocol/operations";
import { MARKDOWN } from "#lib/protocol/operations/ports";

export const GET = route(operations.exportConversation, async ({ server, accountId, params, query }) => {
  const snapshot = await loadSnapshot(server.database, { accountId, ...params });
  const { title } = snapshot.conversation;
  if (query.as === "json") return json(exportOf(snapshot), 200, savedAs(title, "json"));
  return new Response(toMarkdown(snapshot), {
    headers: {
      "content-type": `${MARKDOWN}; charset=utf-8`,
      "cache-control": "no-store",
      ...savedAs(title, "md"),
    },
  });
});
