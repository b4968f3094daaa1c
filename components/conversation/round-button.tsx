import type { ReactNode } from "react";

type RoundButtonProps = {
  label: string;
  submit?: boolean;
  disabled?: boolean;
  onClick?: () => void;
  children: ReactNode;
};

/** The one button of the composer that is meant. */
export function RoundButton({ label, submit, disabled, onClick, children }: RoundButtonProps) {
  return (
    <button
      type={submit ? "submit" : "button"}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className="touch-target grid size-9 shrink-0 place-items-center rounded-full bg-accent text-on-accent transition-[opacity,background-color,color] hover:opacity-90 disabled:bg-wash disabled:text-ink-faint"
    >
      {children}
    </button>
  );
}
