export type WorldEvent = "online" | "offline" | "visible" | "hidden" | "crowded";

/** What a tab is told about the network, about being looked at, and about other tabs. */
export type World = {
  /** What the browser believes. It is wrong behind some adapters, and for servers on the same machine. */
  isOnline(): boolean;
  /** Whether somebody may be looking at the tab. */
  isVisible(): boolean;
  subscribe(listener: (event: WorldEvent) => void): () => void;
};
