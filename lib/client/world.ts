export type WorldEvent = "online" | "offline" | "visible" | "crowded";

/** What a tab is told about the network, about being looked at, and about other tabs. */
export type World = {
  /** What the browser believes. It is wrong behind some adapters, and for servers on the same machine. */
  isOnline(): boolean;
  subscribe(listener: (event: WorldEvent) => void): () => void;
};
