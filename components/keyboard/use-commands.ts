import { useEffect, useEffectEvent } from "react";
import { type Command, commands } from "./commands.ts";

/** Offers commands while a part of the page is there. Keep the list the same while it says the same. */
export function useCommands(some: readonly Command[]): void {
  useEffect(() => commands.offer(some), [some]);
}

/** Offers one that nothing lists: a key, a slash or another part of the page runs it. It may be another act each time. */
export function useCommand(name: string, act: () => void): void {
  const onRun = useEffectEvent(act);
  useEffect(() => commands.offer([{ name, run: () => onRun() }]), [name]);
}
