import type { ConversationItem } from "#lib/protocol/event";
import { sidebarWords } from "#words/sidebar";

export type Group = { name: string; conversations: ConversationItem[] };

const DAY_MS = 24 * 60 * 60 * 1000;
const { groups: names } = sidebarWords;

/** Ages and not calendar days: they are the same in every time zone, so the server and the browser agree. */
const AGES = [
  { name: names.day, upToMs: DAY_MS },
  { name: names.week, upToMs: 7 * DAY_MS },
  { name: names.month, upToMs: 30 * DAY_MS },
  { name: names.older, upToMs: Number.POSITIVE_INFINITY },
];

/** Pinned first, then by age; the order within a group is the order given. Groups without anything are left out. */
export function groupConversations(conversations: ConversationItem[], nowMs: number): Group[] {
  const pinned = conversations.filter((conversation) => conversation.pinned);
  const rest = conversations.filter((conversation) => !conversation.pinned);
  const byAge = Map.groupBy(rest, ({ updatedAt }) => {
    const ageMs = nowMs - Date.parse(updatedAt);
    return AGES.find(({ upToMs }) => ageMs < upToMs)?.name ?? names.older;
  });
  return [
    { name: names.pinned, conversations: pinned },
    ...AGES.map(({ name }) => ({ name, conversations: byAge.get(name) ?? [] })),
  ].filter((group) => group.conversations.length > 0);
}

/** The part of the groups that lies between two lines, where each name and each conversation is a line. A group is named where its name is among them. */
export function groupsBetween(groups: Group[], from: number, to: number): (Group & { named: boolean })[] {
  let line = 0;
  return groups.flatMap((group) => {
    const first = line + 1;
    line = first + group.conversations.length;
    if (line <= from || first - 1 >= to) return [];
    const conversations = group.conversations.slice(Math.max(0, from - first), Math.max(0, to - first));
    return [{ ...group, conversations, named: first - 1 >= from }];
  });
}

/** Whether each line is a name; in the order in which the lines are shown. */
export const linesOf = (groups: Group[]): boolean[] =>
  groups.flatMap(({ conversations }) => [true, ...conversations.map(() => false)]);
