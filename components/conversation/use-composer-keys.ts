import { type RefObject, useEffect, useEffectEvent } from "react";
import { useWish } from "./wishes.ts";

/**
 * The keys of a conversation, wherever the focus is: Escape stops the answer, "/" goes to the composer.
 * With a real keyboard the composer has the focus from the start; on glass that would open one.
 */
export function useComposerKeys(field: RefObject<HTMLTextAreaElement | null>, onStop?: () => void) {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    // A menu or a dialog that Escape has closed says so by preventing the default.
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Escape" && onStop) onStop();
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target))
      return;
    event.preventDefault();
    field.current?.focus();
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  const focusWithKeyboard = () => {
    if (matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  };
  const onReady = useEffectEvent(focusWithKeyboard);
  useEffect(() => onReady(), []);
  useWish("write", focusWithKeyboard);
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"))
  );
}
