import type { ComponentProps } from "react";

const looks = {
  plain: "border border-rule-strong hover:bg-wash",
  accent: "bg-accent text-on-accent hover:opacity-90",
  danger: "bg-danger text-paper hover:opacity-90",
};

/** A button with words. */
export function Button({
  look = "plain",
  className = "",
  ...rest
}: ComponentProps<"button"> & { look?: keyof typeof looks }) {
  return (
    <button
      type="button"
      className={`touch-target inline-flex h-9 items-center justify-center gap-2 rounded-lg px-3.5 font-medium text-sm transition-colors disabled:opacity-50 ${looks[look]} ${className}`}
      {...rest}
    />
  );
}
