import type { Shelf } from "./shelf.ts";

export type Drafts = ReturnType<typeof createDrafts>;

/** What was typed and not sent, by the name of its composer (a conversation's id, or "new"). Survives a reload. */
export function createDrafts(shelf: Shelf) {
  const nameOf = (composer: string) => `draft.${composer}`;
  return {
    read: (composer: string): string => shelf.read(nameOf(composer)) ?? "",

    write(composer: string, text: string) {
      // Typing must never fail: a draft that cannot be kept is simply not kept.
      if (text === "") shelf.remove(nameOf(composer));
      else shelf.write(nameOf(composer), text);
    },
  };
}
