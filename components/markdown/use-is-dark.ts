import { useSyncExternalStore } from "react";

const SYSTEM = "(prefers-color-scheme: dark)";

/** Whether the page is dark now, by its reader's choice or by that of the system. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark, () => false);
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === "dark" || (theme !== "light" && matchMedia(SYSTEM).matches);
}

function subscribe(listener: () => void) {
  const system = matchMedia(SYSTEM);
  system.addEventListener("change", listener);
  const chosen = new MutationObserver(listener);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    system.removeEventListener("change", listener);
    chosen.disconnect();
  };
}
