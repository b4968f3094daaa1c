import { type RefObject, useEffect, useEffectEvent } from "react";
import { useCommand } from "../keyboard/use-commands.ts";

/**
 * What the keyboard's table does with a composer, wherever the focus is: "/" goes to it.
 * With a real keyboard the composer has the focus from the start; on glass that would open one.
 */
export function useComposerKeys(field: RefObject<HTMLTextAreaElement | null>) {
  useCommand("write", () => field.current?.focus());

  const focusWithKeyboard = () => {
    if (matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  };
  const onReady = useEffectEvent(focusWithKeyboard);
  useEffect(() => onReady(), []);
  useCommand("write on", focusWithKeyboard);
}
