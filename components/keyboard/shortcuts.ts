export type ShortcutName =
  | "palette"
  | "sheet"
  | "new"
  | "sidebar"
  | "write"
  | "stop"
  | "copy-answer"
  | "next"
  | "previous"
  | "send"
  | "line";

export type Shortcut = {
  /** The command that it runs, while a page offers one of that name. */
  name: ShortcutName;
  /** As `KeyboardEvent.key` has it, letters small. */
  key: string;
  /** With ⌘ on a Mac and Ctrl elsewhere. */
  mod?: true;
  shift?: true;
  where: "everywhere" | "conversation" | "writing";
};

/**
 * All there are: this table binds them, and draws the list of them. What is pressed while writing is the field's own
 * matter, and is only listed.
 *
 * Browsers have most of what goes with Ctrl or ⌘, systems and screen readers what goes with Alt. So there is one with
 * Ctrl or ⌘, by which all else is found, and the others are single keys, which a screen reader keeps to itself while
 * it reads.
 */
export const shortcuts: readonly Shortcut[] = [
  { name: "palette", key: "k", mod: true, where: "everywhere" },
  { name: "sheet", key: "?", where: "everywhere" },
  { name: "new", key: "n", where: "everywhere" },
  { name: "sidebar", key: "s", where: "everywhere" },
  { name: "write", key: "/", where: "conversation" },
  { name: "stop", key: "Escape", where: "conversation" },
  { name: "next", key: "j", where: "conversation" },
  { name: "previous", key: "k", where: "conversation" },
  { name: "copy-answer", key: "c", where: "conversation" },
  { name: "send", key: "Enter", where: "writing" },
  { name: "line", key: "Enter", shift: true, where: "writing" },
];

export const shortcutNamed = (name: string): Shortcut | undefined =>
  shortcuts.find((shortcut) => shortcut.name === name);
