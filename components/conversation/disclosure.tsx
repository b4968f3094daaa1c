import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** A quiet line that opens. The browser's own element: it works before any script does. */
export function Disclosure({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details className="group/open my-2">
      <summary className="touch-target -ml-1 inline-flex max-w-full list-none items-center gap-1.5 rounded-md px-1 py-0.5 text-ink-soft text-sm hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 shrink-0 transition-transform group-open/open:rotate-90" />
        {summary}
      </summary>
      <div className="mt-1.5 mb-3 ml-1.5 border-rule border-l pl-4">{children}</div>
    </details>
  );
}
