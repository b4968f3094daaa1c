import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { browserWorld, crowdedWorld } from "./browser-world.ts";
import { LINES_PER_BROWSER } from "./crowd.ts";
import { soon } from "./test-soon.ts";

const window = new EventTarget();
const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
const navigator = { onLine: true };
let protocol = "http/1.1";

beforeEach(() => {
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", document);
  vi.stubGlobal("navigator", navigator);
  vi.spyOn(performance, "getEntriesByType").mockImplementation(
    () => [{ nextHopProtocol: protocol }] as unknown as PerformanceEntryList,
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  protocol = "http/1.1";
});

function setUp(world = browserWorld) {
  const told: string[] = [];
  const leave = world.subscribe((event) => told.push(event));
  return { told, leave };
}

function show(visibilityState: "visible" | "hidden") {
  document.visibilityState = visibilityState;
  document.dispatchEvent(new Event("visibilitychange"));
}

test("it tells of the network, of being looked at, put away and woken, until it is left", () => {
  const { told, leave } = setUp();
  window.dispatchEvent(new Event("offline"));
  window.dispatchEvent(new Event("online"));
  show("hidden");
  show("visible");
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));
  window.dispatchEvent(new Event("pagehide"));
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  document.dispatchEvent(new Event("resume"));
  leave();
  window.dispatchEvent(new Event("online"));
  expect(told).toEqual(["offline", "online", "hidden", "visible", "away", "visible", "woken"]);
});

test("it believes the browser about the network", () => {
  expect(browserWorld.isOnline()).toBe(true);
  navigator.onLine = false;
  expect(browserWorld.isOnline()).toBe(false);
  navigator.onLine = true;
});

/** Other tabs of the browser, each looked at after the one before it. */
function lookAtOthers() {
  const channel = new BroadcastChannel("rejoin.crowd");
  for (let tab = 0; tab < LINES_PER_BROWSER; tab++) channel.postMessage({ kind: "seen", tab: String(tab) });
  channel.close();
}

test("a hidden tab hears when enough others were looked at after it", async () => {
  const { told, leave } = setUp(crowdedWorld);
  show("hidden");
  lookAtOthers();
  await soon(() => expect(told).toEqual(["hidden", "crowded"]));
  show("visible");
  expect(told).toEqual(["hidden", "crowded", "visible"]);
  leave();
});

test("over HTTP/2 there is room for all", () => {
  protocol = "h2";
  const open = vi.spyOn(globalThis, "BroadcastChannel");
  setUp(crowdedWorld).leave();
  expect(open).not.toHaveBeenCalled();
});
