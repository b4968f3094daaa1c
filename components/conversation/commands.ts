import { composerWords } from "#words/composer";
import { isHeard, wish } from "./wishes.ts";

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
export type Command = {
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
const wished = (name: "export" | "instructions" | "model" | "share", ofNew = false): Command => ({
  name,
  words: words[name],
  isThere: ({ isNew }) => (ofNew || !isNew) && isHeard(name),
  run: () => wish(name),
});

const themed = (theme: "dark" | "light" | "system"): Command => ({
  name: `theme ${theme}`,
  words: words[`theme ${theme}`],
  run: ({ setTheme }) => setTheme(theme),
});

/** All of them, in the order in which they are offered. */
export const commands: Command[] = [
  wished("model", true),
  wished("instructions", true),
  { name: "new", words: words.new, run: ({ go }) => go("/") },
  { name: "temporary", words: words.temporary, run: ({ go }) => go("/?temporary") },
  {
    name: "rename",
    words: words.rename,
    argument: composerWords.renameArgument,
    isThere: ({ isNew }) => !isNew,
    run: ({ rename }, title) => rename(title),
  },
  wished("share"),
  wished("export"),
  themed("dark"),
  themed("light"),
  themed("system"),
  { name: "help", words: words.help, run: () => wish("help") },
];

export type Offered = { command: Command; argument: string };

/** The commands that what is typed may become; none if it is a prompt that begins with a slash. */
export function offeredFor(text: string, place: CommandPlace): Offered[] {
  if (!text.startsWith("/") || text.includes("\n")) return [];
  const typed = text.slice(1).toLowerCase();
  return commands.flatMap((command) => {
    if (command.isThere && !command.isThere(place)) return [];
    if (command.name.startsWith(typed)) return { command, argument: "" };
    const isBegun = command.argument !== undefined && typed.startsWith(`${command.name} `);
    return isBegun ? { command, argument: text.slice(command.name.length + 2).trim() } : [];
  });
}
