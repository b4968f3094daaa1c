import { composerWords } from "#words/composer";
import { commands } from "../keyboard/commands.ts";

/** Where a command is given. */
export type CommandPlace = {
  conversationId: string;
  /** Whether nothing was said in it yet. */
  isNew: boolean;
  /** Goes to an address. */
  go: (path: string) => void;
  rename: (title: string) => void;
  setTheme: (theme: "dark" | "light" | "system") => void;
};

/** What can be asked for by typing a slash and its name. */
export type SlashCommand = {
  name: string;
  /** What it does. */
  words: string;
  /** What is typed after the name, for one that needs more. */
  argument?: string;
  /** Whether it can be given here; absent: everywhere. */
  isThere?: (place: CommandPlace) => boolean;
  run: (place: CommandPlace, argument: string) => void;
};

const { command: words } = composerWords;

/** What is there when something on the page answers to it: a dialog of this conversation. */
const offeredElsewhere = (
  name: "export" | "instructions" | "model" | "share",
  ofNew = false,
): SlashCommand => ({
  name,
  words: words[name],
  isThere: ({ isNew }) => (ofNew || !isNew) && commands.has(name),
  run: () => void commands.run(name),
});

const themed = (theme: "dark" | "light" | "system"): SlashCommand => ({
  name: `theme ${theme}`,
  words: words[`theme ${theme}`],
  run: ({ setTheme }) => setTheme(theme),
});

/** All of them, in the order in which they are offered. */
export const slashCommands: SlashCommand[] = [
  offeredElsewhere("model", true),
  offeredElsewhere("instructions", true),
  { name: "new", words: words.new, run: ({ go }) => go("/") },
  { name: "temporary", words: words.temporary, run: ({ go }) => go("/?temporary") },
  {
    name: "rename",
    words: words.rename,
    argument: composerWords.renameArgument,
    isThere: ({ isNew }) => !isNew,
    run: ({ rename }, title) => rename(title),
  },
  offeredElsewhere("share"),
  offeredElsewhere("export"),
  themed("dark"),
  themed("light"),
  themed("system"),
  { name: "help", words: words.help, run: () => void commands.run("sheet") },
];

export type Offered = { command: SlashCommand; argument: string };

/** The commands that what is typed may become; none if it is a prompt that begins with a slash. */
export function offeredFor(text: string, place: CommandPlace): Offered[] {
  if (!text.startsWith("/") || text.includes("\n")) return [];
  const typed = text.slice(1).toLowerCase();
  return slashCommands.flatMap((command) => {
    if (command.isThere && !command.isThere(place)) return [];
    if (command.name.startsWith(typed)) return { command, argument: "" };
    const isBegun = command.argument !== undefined && typed.startsWith(`${command.name} `);
    return isBegun ? { command, argument: text.slice(command.name.length + 2).trim() } : [];
  });
}
