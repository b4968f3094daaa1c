import type { BetweenTabs, Word } from "./between-tabs.ts";
import type { Clock } from "./clock.ts";

/** What is to happen in a tab. While it is frozen it waits; in one that is gone it never happens. */
type FakeTab = { isFrozen: boolean; isGone: boolean; waiting: (() => void)[] };
type Claim = { tab: FakeTab; onGranted(): void; onRobbed(): void };

/** For tests: the tabs of one browser, which can be frozen and crash. */
export function createFakeBrowser(clock: Clock) {
  const ears = new Map<FakeTab, (word: Word) => void>();
  let queue: Claim[] = [];
  let holder: Claim | undefined;

  function happen(tab: FakeTab, act: () => void) {
    if (tab.isGone) return;
    if (tab.isFrozen) tab.waiting.push(act);
    else act();
  }

  const later = (tab: FakeTab, act: () => void) => queueMicrotask(() => happen(tab, act));

  /** The browser decides who is next, and does not mind whether they are frozen. */
  function grant() {
    holder ??= queue.shift();
    const granted = holder;
    if (granted) later(granted.tab, () => granted === holder && granted.onGranted());
  }

  function giveBack(claim: Claim) {
    queue = queue.filter((other) => other !== claim);
    if (holder !== claim) return;
    holder = undefined;
    grant();
  }

  return {
    openTab() {
      const tab: FakeTab = { isFrozen: false, isGone: false, waiting: [] };

      const between: BetweenTabs = {
        open(onWord) {
          ears.set(tab, onWord);
          return {
            say(word) {
              for (const [other, hear] of ears) {
                if (other !== tab)
                  later(other, () => ears.get(other) === hear && hear(structuredClone(word)));
              }
            },
            close: () => ears.delete(tab),
          };
        },

        claimLead({ isForced, onGranted, onRobbed }) {
          const claim = { tab, onGranted, onRobbed };
          const robbed = holder;
          if (isForced && robbed) later(robbed.tab, robbed.onRobbed);
          if (isForced) holder = claim;
          else queue.push(claim);
          if (isForced || !robbed) grant();
          return () => giveBack(claim);
        },
      };

      return {
        between,
        clock: {
          nowMs: clock.nowMs,
          after: (ms, act) => clock.after(ms, () => happen(tab, act)),
        } satisfies Clock as Clock,
        happen: (act: () => void) => happen(tab, act),
        isAwake: () => !tab.isFrozen && !tab.isGone,
        isGone: () => tab.isGone,

        freeze() {
          tab.isFrozen = true;
        },

        /** Everything that was to happen meanwhile happens now. */
        thaw() {
          tab.isFrozen = false;
          for (const act of tab.waiting.splice(0)) happen(tab, act);
        },

        /** It is gone without a word. */
        crash() {
          tab.isGone = true;
          ears.delete(tab);
          for (const claim of [...queue, holder]) if (claim?.tab === tab) giveBack(claim);
        },
      };
    },
  };
}
