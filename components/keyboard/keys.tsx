import { keyboardWords } from "#words/keyboard";
import { isMac } from "./is-mac.ts";
import type { Shortcut } from "./shortcuts.ts";

const { keys: words } = keyboardWords;

/** The keys of a shortcut, as they are printed on this keyboard. */
export function Keys({ shortcut: { key, mod, shift } }: { shortcut: Shortcut }) {
  const printed = [
    ...(mod ? [isMac() ? words.mod.mac : words.mod.other] : []),
    ...(shift ? [words.Shift] : []),
    nameOf(key),
  ];
  return (
    <span className="inline-flex shrink-0 gap-1">
      {printed.map((name) => (
        <kbd
          key={name}
          className="min-w-6 rounded-md border border-rule-strong bg-paper px-1.5 py-0.5 text-center font-sans text-ink-soft text-xs"
        >
          {name}
        </kbd>
      ))}
    </span>
  );
}

function nameOf(key: string): string {
  if (key === "Escape" || key === "Enter") return words[key];
  return key.toUpperCase();
}
