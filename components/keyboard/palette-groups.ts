import type { SearchHit } from "#lib/protocol/search";
import type { Command } from "./commands.ts";

/** A conversation that can be gone to, or the message in it that was found. */
export type Place = { id: string; title: string; messageId?: string; words?: string };

export type PaletteGroup =
  | { name: "here" | "everywhere"; commands: Command[] }
  | { name: "conversations" | "messages"; places: Place[] };

type Sources = {
  query: string;
  commands: readonly Command[];
  /** The account's, the newest first. */
  conversations: readonly Pick<Place, "id" | "title">[];
  /** What the server found. */
  hits: readonly SearchHit[];
};

const RECENT_COUNT = 4;
const TITLES_MAX_COUNT = 8;

/** What the palette lists for what is typed. Groups without anything are left out. */
export function paletteGroups({ query, commands, conversations, hits }: Sources): PaletteGroup[] {
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
  const titles: PaletteGroup = {
    name: "conversations",
    places: titled.map(({ id, title }) => ({ id, title })),
  };
  const messages: PaletteGroup = {
    name: "messages",
    places: hits
      .filter(({ conversation, messageId }) => messageId || !shown.has(conversation.id))
      .map(toPlace),
  };
  const groups = isAny
    ? [inGroup("here"), titles, inGroup("everywhere")]
    : [inGroup("here"), inGroup("everywhere"), titles, messages];
  return groups.filter((group) => entriesOf(group).length > 0);
}

export const entriesOf = (group: PaletteGroup) => ("commands" in group ? group.commands : group.places);

function toPlace({ conversation: { id, title }, messageId, excerpt }: SearchHit): Place {
  if (messageId === null) return { id, title };
  return { id, title, messageId, words: excerpt.map(({ text }) => text).join("") };
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
