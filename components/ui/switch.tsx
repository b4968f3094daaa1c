"use client";

import { useId } from "react";

type SwitchProps = { label: string; detail: string; on: boolean; onChange: (on: boolean) => void };

/** Something that is on or off, at once. */
export function Switch({ label, detail, on, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-4">
      <div className="min-w-0">
        <p id={id} className="font-medium">
          {label}
        </p>
        <p id={`${id}detail`} className="text-ink-soft text-xs">
          {detail}
        </p>
      </div>
      <button
        type="button"
        role="switch"
        aria-checked={on}
        aria-labelledby={id}
        aria-describedby={`${id}detail`}
        onClick={() => onChange(!on)}
        className="touch-target group/switch grid shrink-0 place-items-center rounded-full"
      >
        <span className="block h-6 w-10 rounded-full border border-ink-faint p-0.5 transition-colors group-aria-checked/switch:border-accent group-aria-checked/switch:bg-accent">
          <span className="block size-4.5 rounded-full bg-ink-faint transition-[translate,background-color] group-aria-checked/switch:translate-x-4 group-aria-checked/switch:bg-on-accent" />
        </span>
      </button>
    </div>
  );
}
