import { useEffect } from "react";
import { type Command, commands } from "./commands.ts";

/** Offers commands while a part of the page is there. Keep the list the same while it says the same. */
export function useCommands(some: readonly Command[]): void {
  useEffect(() => commands.offer(some), [some]);
}
