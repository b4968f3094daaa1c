import type { Command } from "./commands.ts";
import type { Found } from "./search-conversations.ts";

export type PaletteGroup =
  | { name: "here" | "everywhere"; commands: Command[] }
  | { name: "conversations" | "messages"; conversations: Found[] };

type Sources = {
  query: string;
  commands: readonly Command[];
  /** The account's, the newest first. */
  conversations: readonly Found[];
  /** What the server found. */
  found: readonly Found[];
};

const RECENT_COUNT = 4;
const TITLES_MAX_COUNT = 8;

/** What the palette lists for what is typed. Groups without anything are left out. */
export function paletteGroups({ query, commands, conversations, found }: Sources): PaletteGroup[] {
  const isAny = query.trim() === "";
  const listed = commands.filter(
    ({ listed: entry }) => entry && begins(query, `${entry.words} ${entry.also ?? ""}`),
  );
  const inGroup = (group: "here" | "everywhere"): PaletteGroup => ({
    name: group,
    commands: listed.filter((command) => command.listed?.group === group),
  });
  const titled = conversations
    .filter(({ title }) => matches(query, title))
    .slice(0, isAny ? RECENT_COUNT : TITLES_MAX_COUNT);
  const shown = new Set(titled.map(({ id }) => id));
  const titles: PaletteGroup = { name: "conversations", conversations: titled };
  const messages: PaletteGroup = {
    name: "messages",
    conversations: found.filter(({ id }) => !shown.has(id)),
  };
  const groups = isAny
    ? [inGroup("here"), titles, inGroup("everywhere")]
    : [inGroup("here"), inGroup("everywhere"), titles, messages];
  return groups.filter((group) => ("commands" in group ? group.commands : group.conversations).length > 0);
}

/** Whether each word that is typed begins one of the text. */
const begins = (query: string, text: string) =>
  wordsOf(query).every((word) => wordsOf(text).some((other) => other.startsWith(word)));

/** Whether each word that is typed stands in the text, however it is written there. */
export function matches(query: string, text: string): boolean {
  const plain = plainly(text);
  return wordsOf(query).every((word) => plain.includes(word));
}

const wordsOf = (text: string) => plainly(text).split(/\s+/).filter(Boolean);

const plainly = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
