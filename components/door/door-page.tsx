import type { ReactNode } from "react";
import { Mark } from "#components/brand/mark";
import { workspaceWords } from "#words/workspace";

type DoorPageProps = { title: string; note?: string | undefined; children?: ReactNode };

/** The page before the pages. */
export function DoorPage({ title, note, children }: DoorPageProps) {
  return (
    <main className="flex h-dvh flex-col items-center overflow-y-auto px-6 py-[max(3rem,12vh)]">
      <title>{workspaceWords.title(title, false, 0)}</title>
      <div className="w-full max-w-sm">
        <Mark className="mb-4 size-9" />
        <h1 className="text-balance font-semibold text-xl tracking-[-0.01em]">{title}</h1>
        {note && <p className="mt-1.5 text-ink-soft text-sm">{note}</p>}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}
