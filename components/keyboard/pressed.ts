import { type Shortcut, shortcuts } from "./shortcuts.ts";

export type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "repeat">;

type Where = {
  isMac: boolean;
  /** Whether the press goes to something that takes letters: a field, a menu, a list. */
  isTaken: boolean;
  /** Whether its reader wants shortcuts of a single key. */
  takesSingleKeys: boolean;
};

/** The shortcut that was pressed, if it was one. A key that is held down presses once. */
export function pressed(press: Press, { isMac, isTaken, takesSingleKeys }: Where): Shortcut | undefined {
  if (press.altKey || press.repeat) return undefined;
  const isMod = isMac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey;
  if (!isMod && (press.ctrlKey || press.metaKey)) return undefined;
  const key = isMod ? letterOf(press) : press.key;
  const shortcut = shortcuts.find(
    ({ key: wanted, mod = false, where }) => where !== "writing" && mod === isMod && wanted === key,
  );
  if (!shortcut || isMod || isNamed(shortcut.key)) return shortcut;
  return isTaken || !takesSingleKeys ? undefined : shortcut;
}

/** A key that types nothing, as Escape. */
const isNamed = (key: string) => key.length > 1;

/** Under Ctrl or ⌘ it is the Latin letter, wherever it stands; a keyboard of another script has it by its place. */
function letterOf({ key, code }: Press): string {
  return /^[\x20-\x7e]$/.test(key) ? key.toLowerCase() : code.replace(/^Key/, "").toLowerCase();
}
