import type { ReactNode } from "react";

type SectionProps = { title: string; about?: string; children: ReactNode };

/** One matter of a page of settings, under its name. */
export function Section({ title, about, children }: SectionProps) {
  return (
    <section aria-label={title}>
      <h2 className="font-semibold text-base tracking-[-0.01em]">{title}</h2>
      {about && <p className="mt-0.5 text-ink-soft">{about}</p>}
      <div className="mt-3">{children}</div>
    </section>
  );
}

/** Things of a kind, one below the other. */
export function Rows({ children }: { children: ReactNode }) {
  return (
    <ul className="divide-y divide-rule overflow-hidden rounded-xl border border-rule bg-raised">
      {children}
    </ul>
  );
}

type RowProps = { name: ReactNode; detail: ReactNode; children?: ReactNode };

/** One of them: what it is, what there is to know of it, and what can be done with it. */
export function Row({ name, detail, children }: RowProps) {
  return (
    <li className="flex min-h-14 items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="wrap-anywhere text-ink-soft text-xs">{detail}</p>
      </div>
      {children}
    </li>
  );
}
