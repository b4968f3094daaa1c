import type { ComponentProps } from "react";

/** A line to write in, under its name. */
export function Field({ label, hint, ...rest }: ComponentProps<"input"> & { label: string; hint?: string }) {
  return (
    <label className="block">
      <span className="mb-1 block font-medium text-sm">{label}</span>
      <input
        className="h-10 w-full rounded-lg border border-rule-strong bg-raised px-3 text-base outline-none focus:border-accent pointer-coarse:h-11"
        {...rest}
      />
      {hint && <span className="mt-1 block text-ink-faint text-xs">{hint}</span>}
    </label>
  );
}
