import type { ConversationItem } from "#lib/protocol/event";

export type Group = { name: string; conversations: ConversationItem[] };

const DAY_MS = 24 * 60 * 60 * 1000;

/** Ages and not calendar days: they are the same in every time zone, so the server and the browser agree. */
const AGES = [
  { name: "Last 24 hours", upToMs: DAY_MS },
  { name: "Last 7 days", upToMs: 7 * DAY_MS },
  { name: "Last 30 days", upToMs: 30 * DAY_MS },
  { name: "Older", upToMs: Number.POSITIVE_INFINITY },
];

/** Pinned first, then by age; the order within a group is the order given. Groups without anything are left out. */
export function groupConversations(conversations: ConversationItem[], nowMs: number): Group[] {
  const pinned = conversations.filter((conversation) => conversation.pinned);
  const rest = conversations.filter((conversation) => !conversation.pinned);
  const byAge = Map.groupBy(rest, ({ updatedAt }) => {
    const ageMs = nowMs - Date.parse(updatedAt);
    return AGES.find(({ upToMs }) => ageMs < upToMs)?.name ?? "Older";
  });
  return [
    { name: "Pinned", conversations: pinned },
    ...AGES.map(({ name }) => ({ name, conversations: byAge.get(name) ?? [] })),
  ].filter((group) => group.conversations.length > 0);
}
