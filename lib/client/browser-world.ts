import { newId } from "#lib/protocol/ids";
import { browserClock } from "./clock.ts";
import { joinCrowd } from "./crowd.ts";
import { watchSleep } from "./watch-sleep.ts";
import type { World } from "./world.ts";

/** The browser's own signs. Nothing is touched before someone subscribes, so it may be named on a server. */
export const browserWorld: World = {
  isOnline: () => typeof navigator === "undefined" || navigator.onLine !== false,

  isVisible: () => typeof document === "undefined" || document.visibilityState !== "hidden",

  subscribe(listener) {
    const left = new AbortController();
    const listen = (target: EventTarget, name: string, tell: (event: Event) => void) =>
      target.addEventListener(name, tell, { signal: left.signal });

    listen(window, "online", () => listener("online"));
    listen(window, "offline", () => listener("offline"));
    listen(document, "visibilitychange", () => listener(browserWorld.isVisible() ? "visible" : "hidden"));
    listen(document, "resume", () => listener("woken"));
    // A page that comes back whole from the browser's cache was frozen: its timers and sockets are old.
    listen(window, "pageshow", (event) => {
      if ((event as PageTransitionEvent).persisted) listener("visible");
    });
    listen(window, "pagehide", () => listener("away"));
    const stopWatching = watchSleep(browserClock, () => listener("woken"));
    return () => {
      left.abort();
      stopWatching();
    };
  },
};

/** The same for a tab that has a line of its own, and must not take one too many of the browser's connections. */
export const crowdedWorld: World = {
  ...browserWorld,

  subscribe(listener) {
    const crowd = joinBrowserCrowd(() => listener("crowded"));
    const leave = browserWorld.subscribe((event) => {
      if (event === "visible") crowd?.seen();
      if (event === "hidden") crowd?.hidden();
      if (event === "away") crowd?.left();
      listener(event);
    });
    return () => {
      leave();
      crowd?.leave();
    };
  },
};

const isHidden = () => !browserWorld.isVisible();

/** Over HTTP/2 and later a browser's tabs share one connection, and there is room for all their lines. */
function joinBrowserCrowd(onCrowded: () => void) {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (typeof BroadcastChannel === "undefined" || /^h[23]/.test(page?.nextHopProtocol ?? "")) return undefined;
  return joinCrowd(new BroadcastChannel("rejoin.crowd"), { tab: newId(), isHidden, onCrowded });
}
