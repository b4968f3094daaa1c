import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "#components/ui/icon-button";

type VersionsProps = {
  id: string;
  /** The ids of all that stand in this place, in the order they came. */
  all: string[];
  onShow: (id: string) => void;
};

/** ‹ 1/2 › where a prompt or an answer has others beside it. */
export function Versions({ id, all, onShow }: VersionsProps) {
  if (all.length < 2) return null;
  const place = all.indexOf(id);
  const step = (label: string, to: string | undefined, icon: React.ReactNode) => (
    <IconButton label={label} disabled={to === undefined} onClick={() => to && onShow(to)} className="size-7">
      {icon}
    </IconButton>
  );
  return (
    <div className="flex items-center text-ink-soft text-xs tabular-nums">
      {step("Previous version", all[place - 1], <ChevronLeft className="size-4" />)}
      <span>
        <span className="sr-only">Version </span>
        {place + 1}/{all.length}
      </span>
      {step("Next version", all[place + 1], <ChevronRight className="size-4" />)}
    </div>
  );
}
