import type { ComponentProps } from "react";

/** A button that is only an icon. Its label is its name for those who do not see it, and its tip for those who do. */
export function IconButton({
  label,
  className = "",
  children,
  ...rest
}: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`touch-target inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-ink-soft transition-colors hover:bg-wash hover:text-ink disabled:pointer-events-none disabled:opacity-40 ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}
