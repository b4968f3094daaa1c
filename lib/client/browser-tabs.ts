import type { BetweenTabs, Word } from "./between-tabs.ts";

/** Tabs that do not speak the same words, because one is of a later version, do not hear each other. */
const WORDS = 1;

/**
 * The other tabs of this browser. Undefined where it offers no way to them; a page that came without TLS, and not from
 * this very machine, is not given the lock that decides who leads.
 */
export function browserTabs(accountId: string): BetweenTabs | undefined {
  const name = `rejoin.line.${WORDS}.${accountId}`;
  if (typeof BroadcastChannel === "undefined" || !navigator.locks) return undefined;

  return {
    open(onWord) {
      const channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }: MessageEvent<Word>) => onWord(data);
      return { say: (word) => channel.postMessage(word), close: () => channel.close() };
    },

    claimLead({ isForced, onGranted, onRobbed, onUnable }) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const left = new AbortController();
      const options = isForced ? { steal: true } : { signal: left.signal };
      const lead = () => {
        if (left.signal.aborted) return;
        onGranted();
        return promise;
      };
      navigator.locks.request(name, options, lead).catch((error: unknown) => {
        if (left.signal.aborted) return;
        const isRobbed = error instanceof DOMException && error.name === "AbortError";
        if (isRobbed) onRobbed();
        else onUnable();
      });
      return () => {
        left.abort();
        resolve();
      };
    },
  };
}
