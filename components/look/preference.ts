import { chosenThemeColors } from "./theme-colors.ts";

/** A choice of how the page looks: kept in this browser, and written on `<html>` for the style sheet to read. */
export type Preference<Value extends string> = {
  /** Its name in storage, and the `data-` attribute on `<html>`. */
  name: string;
  values: readonly Value[];
  /** What holds while nothing is chosen; no attribute is written for it. */
  initial: Value;
};

export const theme: Preference<"system" | "light" | "dark"> = {
  name: "theme",
  values: ["system", "light", "dark"],
  initial: "system",
};

export const sidebar: Preference<"open" | "closed"> = {
  name: "sidebar",
  values: ["open", "closed"],
  initial: "open",
};

/** Whether a single key is a shortcut. */
export const singleKeys: Preference<"on" | "off"> = {
  name: "shortcuts",
  values: ["on", "off"],
  initial: "on",
};

export const preferences: Preference<string>[] = [theme, sidebar, singleKeys];

/**
 * A script that applies the kept choices. It runs in the head, before anything is painted, so the page never
 * shows one look and then another. Where storage is forbidden, nothing is kept and nothing is applied.
 */
export const applyPreferences = `try{for(const[n,v]of ${JSON.stringify(
  preferences.map(({ name, values, initial }) => [name, values.filter((value) => value !== initial)]),
)}){const k=localStorage.getItem(n);if(v.includes(k))document.documentElement.dataset[n]=k}const c=${JSON.stringify(
  chosenThemeColors,
)}[document.documentElement.dataset.theme];if(c){const m=document.createElement("meta");m.name="theme-color";m.content=c;m.dataset.kept="";document.head.prepend(m)}}catch(e){void e}`;
