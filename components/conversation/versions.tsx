import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "#components/ui/icon-button";
import { messagesWords as words } from "#words/messages";

type VersionsProps = {
  id: string;
  /** The ids of all that stand in this place, in the order they came. */
  all: string[];
  onShow: (id: string) => void;
};

/** Another version is another message with tools of its own: whoever turned to it finds the focus there. */
let turnedTo: { id: string; step: -1 | 1 } | undefined;

/** ‹ 1 / 2 › where a prompt or an answer has others beside it. The arrow keys turn too. */
export function Versions({ id, all, onShow }: VersionsProps) {
  const group = useRef<HTMLFieldSetElement>(null);
  const place = all.indexOf(id);

  useEffect(() => {
    if (turnedTo?.id !== id || !group.current) return;
    const [previous, next] = group.current.querySelectorAll("button");
    const wanted = turnedTo.step < 0 ? [previous, next] : [next, previous];
    turnedTo = undefined;
    wanted.find((button) => button && !button.disabled)?.focus();
  }, [id]);

  if (all.length < 2) return null;
  const turn = (step: -1 | 1) => {
    const to = all[place + step];
    if (to === undefined) return;
    turnedTo = { id: to, step };
    onShow(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  };
  const button = (label: string, step: -1 | 1, icon: ReactNode) => (
    <IconButton
      label={label}
      disabled={all[place + step] === undefined}
      onClick={() => turn(step)}
      className="size-7"
    >
      {icon}
    </IconButton>
  );
  return (
    <fieldset
      ref={group}
      aria-label={words.versions}
      onKeyDown={onKeyDown}
      className="flex items-center text-ink-soft text-xs tabular-nums"
    >
      {button(words.previousVersion, -1, <ChevronLeft className="size-4" />)}
      <span className="sr-only">{words.version(place + 1, all.length)}</span>
      <span aria-hidden>{words.versionShort(place + 1, all.length)}</span>
      {button(words.nextVersion, 1, <ChevronRight className="size-4" />)}
    </fieldset>
  );
}
