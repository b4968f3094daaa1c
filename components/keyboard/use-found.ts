import { useEffect, useState } from "react";
import { useTab } from "#components/workspace/tab-provider";
import { type Found, searchConversations } from "./search-conversations.ts";

/** Whoever types on does not want the answer to half a word. */
const PAUSE_MS = 180;
const LEAST_LENGTH = 2;

type Answer = { found: Found[]; failed: boolean };
const NOTHING: Answer = { found: [], failed: false };

/** What the server finds for what is typed. While that changes, the answer before it stays. */
export function useFound(query: string): Answer {
  const { api } = useTab();
  const [answer, setAnswer] = useState(NOTHING);
  const wanted = query.trim();
  const isLong = wanted.length >= LEAST_LENGTH;
  useEffect(() => {
    if (!isLong) return setAnswer(NOTHING);
    const asking = new AbortController();
    const ask = async () => {
      try {
        const found = await searchConversations(api, wanted, asking.signal);
        if (!asking.signal.aborted) setAnswer({ found, failed: false });
      } catch {
        // Said in the palette, where the person looks; what can be found without the server stays.
        if (!asking.signal.aborted) setAnswer({ found: [], failed: true });
      }
    };
    const timer = setTimeout(ask, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [api, wanted, isLong]);
  return isLong ? answer : NOTHING;
}
