/** Two ends of a line that meet again. Apart while the line is lost; they join when it is back. */
export function Mark({ apart = false, className = "size-6" }: { apart?: boolean; className?: string }) {
  const end = "transition-transform duration-200 ease-out";
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      strokeWidth="2.6"
      strokeLinecap="round"
      aria-hidden
      className={className}
    >
      <path
        className={`${end} ${apart ? "-translate-x-[1.5px] -translate-y-[1.5px]" : ""}`}
        d="M2 12c2.7 0 3.3-5 6.2-5 2.5 0 3.2 2.5 3.8 5"
        stroke="currentColor"
      />
      <path
        className={`${end} ${apart ? "translate-x-[1.5px] translate-y-[1.5px]" : ""}`}
        d="M22 12c-2.7 0-3.3 5-6.2 5-2.5 0-3.2-2.5-3.8-5"
        stroke="var(--accent)"
      />
    </svg>
  );
}
