import type { LucideIcon } from "lucide-react";
import { createListeners } from "#lib/client/listeners";

/** Something that can be done now. */
export type Command = {
  /** By which the shortcut of the same name finds it. */
  name: string;
  run: () => void;
  /** How the palette lists it; absent: only a shortcut runs it. */
  listed?: {
    words: string;
    icon: LucideIcon;
    group: "here" | "everywhere";
    /** Other words that people search it by. */
    also?: string;
  };
};

const listeners = createListeners();
const offered = new Set<readonly Command[]>();
let view: readonly Command[] = [];

/** What can be done, by whoever is on the page now. Of one name the newest counts. */
export const commands = {
  subscribe: listeners.subscribe,
  getView: () => view,

  /** Takes commands in, until the returned function is called. */
  offer(some: readonly Command[]): () => void {
    offered.add(some);
    look();
    return () => {
      offered.delete(some);
      look();
    };
  },

  /** Whether anything on the page would answer to it. */
  has: (name: string): boolean => view.some((command) => command.name === name),

  /** Says whether there was such a command. */
  run(name: string): boolean {
    const command = view.find((candidate) => candidate.name === name);
    command?.run();
    return command !== undefined;
  },
};

function look() {
  const byName = new Map([...offered].flat().map((command) => [command.name, command]));
  view = [...byName.values()];
  listeners.tell();
}
