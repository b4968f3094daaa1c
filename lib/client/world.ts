export type WorldEvent =
  | "online"
  | "offline"
  | "visible"
  | "hidden"
  /** The device slept, or the browser froze the page: what was open may be dead, and nothing has told so. */
  | "woken"
  /** The page is put away, for good or to come back as it was. It is told `visible` if it does. */
  | "away"
  /** Nobody looks at this tab, and enough others of the browser have lines. */
  | "crowded";

/** What a tab is told about the network, about being looked at, and about other tabs. */
export type World = {
  /** What the browser believes. It is wrong behind some adapters, and for servers on the same machine. */
  isOnline(): boolean;
  /** Whether somebody may be looking at the tab. */
  isVisible(): boolean;
  subscribe(listener: (event: WorldEvent) => void): () => void;
};
