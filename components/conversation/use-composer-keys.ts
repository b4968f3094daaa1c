import { type RefObject, useEffect, useMemo } from "react";
import { useCommands } from "../keyboard/use-commands.ts";

/**
 * What the keyboard's table does with a composer, wherever the focus is: "/" goes to it.
 * With a real keyboard the composer has the focus from the start; on glass that would open one.
 */
export function useComposerKeys(field: RefObject<HTMLTextAreaElement | null>) {
  useCommands(useMemo(() => [{ name: "write", run: () => field.current?.focus() }], [field]));

  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  }, [field]);
}
