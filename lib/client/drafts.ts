import { type Begun, createBegun } from "./begun.ts";
import { createListeners } from "./listeners.ts";
import type { Shelf } from "./shelf.ts";

export type Drafts = ReturnType<typeof createDrafts>;

/**
 * What was typed and not sent, by conversation: the one place where a composer's text is. Whoever writes here writes
 * in the composer. It survives a reload. What another tab of this browser writes is not looked at again: what is
 * typed in a tab comes first in it.
 */
export function createDrafts(shelf: Shelf, begun: Begun = createBegun()) {
  const listeners = createListeners();
  const texts = new Map<string, string>();
  /** Whether the server has it, and what its log had come to by then. */
  const told = new Map<string, { isTold: boolean; sequence: number }>();
  const textName = (id: string) => `draft.${begun.nameOf(id)}`;
  const toldName = (id: string) => `told.${begun.nameOf(id)}`;

  function read(id: string): string {
    const text = texts.get(id) ?? shelf.read(textName(id)) ?? "";
    texts.set(id, text);
    return text;
  }

  /** Typing must never fail: a draft that cannot be kept is simply not kept. */
  function keep(id: string) {
    const text = read(id);
    if (text === "") shelf.remove(textName(id));
    else shelf.write(textName(id), text);
    if (told.get(id)?.isTold && text !== "") shelf.write(toldName(id), "1");
    else shelf.remove(toldName(id));
  }

  function note(id: string, isTold: boolean, sequence = told.get(id)?.sequence ?? 0) {
    told.set(id, { isTold, sequence });
    keep(id);
  }

  return {
    subscribe: listeners.subscribe,
    read,

    write(id: string, text: string) {
      if (text === read(id)) return;
      texts.set(id, text);
      note(id, false);
      listeners.tell();
    },

    /** Takes what the server has, which nobody typed here. */
    adopt(id: string, text: string, sequence: number) {
      texts.set(id, text);
      note(id, true, sequence);
      listeners.tell();
    },

    /** Whether nothing is written here that the server has not. */
    isTold: (id: string): boolean =>
      told.get(id)?.isTold ?? (read(id) === "" || shelf.read(toldName(id)) !== undefined),

    /** Up to which entry of the log the server's word on it is older than ours. */
    toldAt: (id: string): number => told.get(id)?.sequence ?? 0,

    /** The server has what is written here, in the entry `sequence` of the log. */
    tell: (id: string, sequence: number) => note(id, true, sequence),

    keep,

    /** Takes it off the shelf, and leaves it in the composer. */
    putAway(id: string) {
      read(id);
      shelf.remove(textName(id));
      shelf.remove(toldName(id));
    },
  };
}
