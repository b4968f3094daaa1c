import type { World, WorldEvent } from "./world.ts";

/** A world for tests: the network goes and comes, and the tab is looked at, when the test says so. */
export function createFakeWorld() {
  const listeners = new Set<(event: WorldEvent) => void>();
  let online = true;
  let visible = true;

  const world: World = {
    isOnline: () => online,
    isVisible: () => visible,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  return {
    ...world,
    listenerCount: () => listeners.size,
    tell(event: WorldEvent) {
      if (event === "visible" || event === "hidden") visible = event === "visible";
      if (event === "online" || event === "offline") online = event === "online";
      for (const listener of [...listeners]) listener(event);
    },
  };
}
