import { afterEach, expect, test } from "vitest";
import { joinCrowd, LINES_PER_BROWSER } from "./crowd.ts";
import { soon } from "./test-soon.ts";

/** Tabs of one browser. The channel between them is a real one. */
type OpenTab = {
  state: { isHidden: boolean; isCrowded: boolean };
  leave(): void;
  look(): void;
  hide(): void;
};
const tabs: OpenTab[] = [];
let browsers = 0;
let opened = 0;
afterEach(() => {
  for (const tab of [...tabs]) tab.leave();
  browsers++;
});

function openTab({ isHidden = false } = {}) {
  const tab = String(++opened);
  const state = { isHidden, isCrowded: false };
  const crowd = joinCrowd(new BroadcastChannel(`browser-${browsers}`), {
    tab,
    isHidden: () => state.isHidden,
    onCrowded: () => {
      state.isCrowded = true;
    },
  });
  const view: OpenTab = {
    state,
    leave() {
      crowd.leave();
      tabs.splice(tabs.indexOf(view), 1);
    },
    look() {
      for (const other of tabs) other.hide();
      Object.assign(state, { isHidden: false, isCrowded: false });
      crowd.seen();
    },
    hide() {
      state.isHidden = true;
      crowd.hidden();
    },
  };
  tabs.push(view);
  return view;
}

/** Opens one tab after the other, as a person does: the last one is looked at. */
async function openTabs(count: number) {
  for (let times = 0; times < count; times++) {
    for (const tab of tabs) tab.hide();
    openTab();
    await allIsSaid();
  }
}

/** A channel keeps order, so whoever has heard the last word has heard all words before it. */
async function allIsSaid() {
  const [ear, mouth] = [
    new BroadcastChannel(`browser-${browsers}`),
    new BroadcastChannel(`browser-${browsers}`),
  ];
  let isHeard = false;
  ear.onmessage = () => {
    isHeard = true;
  };
  mouth.postMessage({ kind: "left", tab: "nobody" });
  await soon(() => expect(isHeard).toBe(true));
  ear.close();
  mouth.close();
}

const crowded = () => tabs.flatMap(({ state }, index) => (state.isCrowded ? index : []));

test("as many tabs as there is room for keep their lines", async () => {
  await openTabs(LINES_PER_BROWSER);
  expect(crowded()).toEqual([]);
});

test("with twenty tabs, only those that were looked at last keep a line", async () => {
  await openTabs(20);
  expect(crowded()).toEqual(Array.from({ length: 20 - LINES_PER_BROWSER }, (_, index) => index));
});

test("a tab that is looked at is never one too many, and takes the place of the one longest unseen", async () => {
  await openTabs(LINES_PER_BROWSER + 1);
  expect(crowded()).toEqual([0]);
  tabs[0]?.look();
  await allIsSaid();
  expect(crowded()).toEqual([1]);
});

test("looking at a tab counts as much as opening one", async () => {
  await openTabs(LINES_PER_BROWSER);
  tabs[0]?.look();
  await openTabs(LINES_PER_BROWSER - 1);
  expect(crowded()).toEqual([1, 2, 3]);
});

test("windows side by side all keep their lines, until they are covered", async () => {
  for (let window = 0; window <= LINES_PER_BROWSER; window++) openTab();
  await allIsSaid();
  expect(crowded()).toEqual([]);
  tabs[0]?.hide();
  expect(crowded()).toEqual([0]);
});

test("tabs that are opened behind the one that is looked at crowd each other out, and not that one", async () => {
  openTab();
  for (let times = 0; times < 10; times++) {
    openTab({ isHidden: true });
    await allIsSaid();
  }
  expect(crowded()).toEqual([1, 2, 3, 4, 5, 6]);
});

test("a tab that is closed makes room", async () => {
  await openTabs(LINES_PER_BROWSER);
  tabs[LINES_PER_BROWSER - 1]?.leave();
  await allIsSaid();
  await openTabs(1);
  expect(crowded()).toEqual([]);
});
