const FOUND = "a[data-found]";

/** Moves the focus among what was found, and back to the field before the first. Says whether there was anywhere to go. */
export function moveTo(where: "first" | "next" | "previous"): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(FOUND)].filter((one) => one.checkVisibility());
  const at = found.indexOf(document.activeElement as HTMLElement);
  const field = [...document.querySelectorAll<HTMLElement>("[data-search]")].find((one) =>
    one.checkVisibility(),
  );
  const goal = where === "first" ? found[0] : where === "next" ? found[at + 1] : (found[at - 1] ?? field);
  goal?.focus();
  return goal !== undefined;
}
