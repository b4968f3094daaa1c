import type { ReactNode } from "react";
import { InlineScript } from "#components/ui/inline-script";
import { JumpToEnd } from "./jump-to-end.tsx";
import type { useScrollAnchor } from "./use-scroll-anchor.ts";

type ScrollerProps = { anchor: ReturnType<typeof useScrollAnchor>; children: ReactNode };

/** Words fade where they go under the header and the composer. */
const softEdges =
  "before:pointer-events-none before:absolute before:inset-x-0 before:top-0 before:z-10 before:h-4 before:bg-linear-to-b before:from-paper before:to-transparent after:pointer-events-none after:absolute after:inset-x-0 after:bottom-0 after:h-6 after:bg-linear-to-t after:from-paper after:to-transparent";

/** Where the messages scroll. A page that comes from the server is at its end before it is painted. */
export function Scroller({ anchor, children }: ScrollerProps) {
  return (
    <div className={`relative min-h-0 flex-1 ${softEdges}`}>
      <div ref={anchor.attach} data-scroller className="h-full overflow-y-auto overscroll-contain">
        {/* One box, so that whatever grows in it is followed. */}
        <div>{children}</div>
      </div>
      <InlineScript code="{const s=document.currentScript.previousElementSibling;s.scrollTop=s.scrollHeight}" />
      {anchor.away && <JumpToEnd onJump={anchor.toEnd} />}
    </div>
  );
}
