import type { Place } from "./line-way.ts";

/**
 * What all tabs of a browser want from the line that one of them holds: every log that any of them follows, after the
 * lowest number that any of them has. Whoever has more ignores what it has.
 *
 * @param own what the tab itself wants that holds the line
 */
export function createDemand(own: () => Place[]) {
  const tabs = new Map<string, { numbers: Map<string, number>; heardAtMs: number }>();

  return {
    places(): Place[] {
      const lowest = new Map<string, number>();
      for (const { log, after } of [own(), ...[...tabs.values()].map(placesOf)].flat()) {
        lowest.set(log, Math.min(lowest.get(log) ?? after, after));
      }
      return [...lowest].map(([log, after]) => ({ log, after }));
    },

    /** Another tab says what it follows, and which numbers it has. */
    said(tab: string, places: Place[], nowMs: number) {
      const numbers = new Map(places.map(({ log, after }) => [log, after]));
      tabs.set(tab, { numbers, heardAtMs: nowMs });
    },

    left: (tab: string) => tabs.delete(tab),

    /** Tabs that were not heard of since then died without a word, or sleep; who wakes says what it wants. */
    forgetBefore(ms: number) {
      for (const [tab, { heardAtMs }] of tabs) if (heardAtMs < ms) tabs.delete(tab);
    },

    /** Whether another tab follows a log. */
    has: (log: string) => [...tabs.values()].some(({ numbers }) => numbers.has(log)),

    /** The others have been told of a log up to this number, or how to come there. */
    told(log: string, sequence: number) {
      for (const { numbers } of tabs.values()) if (numbers.has(log)) numbers.set(log, sequence);
    },

    gone(log: string) {
      for (const { numbers } of tabs.values()) numbers.delete(log);
    },
  };
}

const placesOf = ({ numbers }: { numbers: Map<string, number> }): Place[] =>
  [...numbers].map(([log, after]) => ({ log, after }));
