import { useEffect, useRef, useState } from "react";
import type { ConversationView } from "#lib/client/conversation-view";
import { type Announcement, announcementsOf, type Known, knownOf } from "./announcements.ts";

/** By then it is spoken, or waits in the screen reader. Who reads on meets the answer itself, and not this again. */
const KEPT_MS = 10_000;

/** Tells those who listen how answers begin and end. What stood there when the page was opened is not news. */
export function Announcer({ view }: { view: ConversationView }) {
  const said = useAnnouncements(view);
  return (
    <div aria-live="polite" className="sr-only">
      {said.map(({ key, words }) => (
        <p key={key}>{words}</p>
      ))}
    </div>
  );
}

function useAnnouncements(view: ConversationView): Announcement[] {
  const known = useRef<Known>(undefined);
  const [said, setSaid] = useState<Announcement[]>([]);

  useEffect(() => {
    const news = known.current ? announcementsOf(known.current, view) : [];
    known.current = knownOf(view);
    // Beside what was said before, and not in its place: that may still be waiting to be spoken.
    if (news.length > 0) setSaid((before) => [...before, ...news]);
  }, [view]);

  useEffect(() => {
    if (said.length === 0) return;
    const timer = setTimeout(() => setSaid([]), KEPT_MS);
    return () => clearTimeout(timer);
  }, [said]);

  return said;
}
