import { type ReactNode, useId } from "react";

/** A part of the page under its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-3 border-rule border-b pb-2 font-semibold text-base">
        {title}
      </h2>
      {children}
    </section>
  );
}
