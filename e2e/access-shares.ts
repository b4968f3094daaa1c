import type { Ids, Row, Statuses } from "./access-table.ts";

type Allowed = Record<"theirs" | "account" | "anybody", (status: number) => Statuses>;

/** A link that was never made. */
const NO_LINK = "a".repeat(43);
const TIME = "2024-01-01T00:00:00Z";

const imported = (id: string) => ({
  type: "rejoin-conversation",
  version: 1,
  conversation: { id, title: "Of old", createdAt: TIME, updatedAt: TIME },
  messages: [],
});

/** What leads out of an account and into it: links, exports, imports. */
export function shareRows({ theirs, account, anybody }: Allowed): Row[] {
  const at = ({ conversationId }: Ids) => `/api/conversations/${conversationId}`;
  return [
    {
      route: "PUT /api/conversations/[conversationId]/share",
      statuses: theirs(200),
      ask: (ids) => [`${at(ids)}/share`, { method: "PUT" }],
    },
    {
      route: "DELETE /api/conversations/[conversationId]/share",
      statuses: theirs(204),
      ask: (ids) => [`${at(ids)}/share`, { method: "DELETE" }],
    },
    {
      route: "GET /api/conversations/[conversationId]/export",
      statuses: theirs(200),
      ask: (ids) => [`${at(ids)}/export?as=json`],
    },
    {
      route: "GET /api/conversations/[conversationId]/export",
      statuses: theirs(200),
      ask: (ids) => [`${at(ids)}/export?as=markdown`],
    },
    { route: "GET /api/export", statuses: account(200), ask: () => ["/api/export"] },
    {
      // Taken in as one's own: an id that is somebody else's is a name like any other.
      route: "POST /api/import",
      statuses: { ...account(201), key: 200, owner: 200 },
      ask: ({ conversationId }) => ["/api/import", { body: imported(conversationId) }],
      makes: true,
    },
    {
      // The link is all that counts, and neither a conversation's id nor anybody's is one.
      route: "GET /api/shares/[shareToken]",
      statuses: anybody(404),
      ask: ({ conversationId }) => [`/api/shares/${conversationId}`],
    },
    {
      route: "GET /api/shares/[shareToken]/events",
      statuses: anybody(404),
      ask: () => [`/api/shares/${NO_LINK}/events`],
    },
    {
      route: "GET /api/shares/[shareToken]/files/[fileId]",
      statuses: anybody(404),
      ask: ({ fileId }) => [`/api/shares/${NO_LINK}/files/${fileId}`],
    },
  ];
}
