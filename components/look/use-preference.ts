import { useCallback, useSyncExternalStore } from "react";
import { type Preference, preferences, theme } from "./preference.ts";
import { chosenThemeColors } from "./theme-colors.ts";

const CHANGED = "preference-changed";

/** A kept choice and how to change it. It holds in this tab at once, and in others from their next page on. */
export function usePreference<Value extends string>(
  preference: Preference<Value>,
): [Value, (value: Value) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => read(preference),
    () => preference.initial,
  );
  const choose = useCallback((chosen: Value) => write(preference, chosen), [preference]);
  return [value, choose];
}

function read<Value extends string>({ name, values, initial }: Preference<Value>): Value {
  return values.find((value) => value === document.documentElement.dataset[name]) ?? initial;
}

/** Applies what is kept, as the script in the head does. */
export function applyKept() {
  for (const preference of preferences) {
    const kept = readStorage(preference.name);
    if (preference.values.some((value) => value === kept)) show(preference, kept ?? preference.initial);
  }
  dispatchEvent(new Event(CHANGED));
}

function readStorage(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // Storage is forbidden, so nothing is kept.
  }
}

function write<Value extends string>(preference: Preference<Value>, value: Value) {
  show(preference, value);
  try {
    localStorage.setItem(preference.name, value);
  } catch {
    // Storage is forbidden or full. The choice holds until the tab is closed.
  }
  dispatchEvent(new Event(CHANGED));
}

function show({ name, initial }: Preference<string>, value: string) {
  if (value === initial) delete document.documentElement.dataset[name];
  else document.documentElement.dataset[name] = value;
  if (name === theme.name) showThemeColor(value);
}

/**
 * The frame around the page goes with the chosen look, and else with the system's. The first of these elements that
 * holds is the one that counts.
 */
function showThemeColor(value: string) {
  document.querySelector("meta[data-kept]")?.remove();
  if (value !== "light" && value !== "dark") return;
  const meta = document.createElement("meta");
  meta.name = "theme-color";
  meta.content = chosenThemeColors[value];
  meta.dataset.kept = "";
  document.head.prepend(meta);
}

function subscribe(listener: () => void) {
  addEventListener(CHANGED, listener);
  return () => removeEventListener(CHANGED, listener);
}
