import { afterEach, expect, test, vi } from "vitest";
import type { Word } from "./between-tabs.ts";
import { browserTabs } from "./browser-tabs.ts";
import { soon } from "./test-soon.ts";

const leaves: (() => void)[] = [];
afterEach(() => {
  for (const leave of leaves.splice(0)) leave();
  vi.unstubAllGlobals();
});

/** A tab of this browser, on the real locks and channels of this process. */
function openTab(accountId: string) {
  const tabs = browserTabs(accountId);
  if (!tabs) throw new Error("there is no way to other tabs here");
  const heard: Word[] = [];
  const told: string[] = [];
  const channel = tabs.open((word) => heard.push(word));
  const claim = ({ isForced = false } = {}) => {
    const leave = tabs.claimLead({
      isForced,
      onGranted: () => told.push("granted"),
      onRobbed: () => told.push("robbed"),
      onUnable: () => told.push("unable"),
    });
    leaves.push(leave);
    return leave;
  };
  leaves.push(channel.close);
  return {
    heard,
    say: channel.say,
    claim,
    tells: (...all: string[]) => soon(() => expect(told).toEqual(all)),
  };
}

test("one tab leads, the next when it leaves, and by force another at once", async () => {
  const [one, two, three] = [openTab("a"), openTab("a"), openTab("a")];
  const leave = one.claim();
  await one.tells("granted");
  two.claim();
  await two.tells();
  leave();
  await two.tells("granted");
  three.claim({ isForced: true });
  await three.tells("granted");
  await two.tells("granted", "robbed");
  await one.tells("granted");
});

test("who gives up waiting is not granted it later", async () => {
  const [one, two, three] = [openTab("b"), openTab("b"), openTab("b")];
  const leave = one.claim();
  await one.tells("granted");
  two.claim()();
  three.claim();
  leave();
  await three.tells("granted");
  await two.tells();
});

test("tabs of another account have a lead of their own, and hear nothing", async () => {
  const [ours, also, others] = [openTab("c"), openTab("c"), openTab("d")];
  ours.claim();
  others.claim();
  await ours.tells("granted");
  await others.tells("granted");
  const word: Word = { kind: "left", tab: "1" };
  ours.say(word);
  await soon(() => expect(also.heard).toEqual([word]));
  expect(others.heard).toEqual([]);
});

test("where the browser refuses to say who leads, that is told", async () => {
  vi.stubGlobal("navigator", {
    locks: { request: () => Promise.reject(new DOMException("no", "SecurityError")) },
  });
  const tab = openTab("e");
  tab.claim();
  await tab.tells("unable");
});

test("without locks, as on pages that came without TLS, there is no way to other tabs", () => {
  vi.stubGlobal("navigator", {});
  expect(browserTabs("f")).toBeUndefined();
});
