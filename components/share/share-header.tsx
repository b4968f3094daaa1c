import { Mark } from "#components/brand/mark";
import { shareWords } from "#words/share";

/** What this is, and that it is only to be read. */
export function ShareHeader({ title }: { title: string }) {
  return (
    <header className="shrink-0 border-rule border-b px-4 pt-[env(safe-area-inset-top)] md:px-6">
      <div className="mx-auto flex h-14 max-w-column items-center gap-3">
        <Mark className="size-6 shrink-0" />
        <div className="min-w-0 flex-1">
          <h1 dir="auto" className="truncate font-medium">
            {title}
          </h1>
          <p className="text-ink-soft text-xs">{shareWords.readOnly}</p>
        </div>
      </div>
    </header>
  );
}
