import { type Action, readAction } from "#lib/protocol/actions";
import type { Generation, Message, Snapshot } from "#lib/protocol/event";
import type { Clock } from "./clock.ts";
import type { Shelf } from "./shelf.ts";

/** What was done before the page was there is still done if it was asked for so short a time ago: it was reloaded. */
const LATE_MS = 60_000;
/** Nothing is asked for and done so long after. */
const KEPT_MS = 24 * 60 * 60_000;
const ASKED = "asked.";
const DONE = "done.";

type ActionsDeps = {
  clock: Clock;
  /** What only this tab keeps, over a reload: by what it asked for, no other tab does anything. */
  tabShelf: Shelf;
  /** What the account keeps in this browser: a tab that is a copy of another has its notes too. */
  shelf: Shelf;
};

export type Actions = ReturnType<typeof createActions>;

/**
 * What a model does to the page, for the tab that asked for it and for no other: once, and not again after a reload
 * or when the conversation is opened later.
 */
export function createActions({ clock, tabShelf, shelf }: ActionsDeps) {
  /** Where nothing can be kept, at least as long as the tab lives. */
  const noted = new Map<string, number>();
  const done = new Set<string>();

  const askedAtMs = (id: string): number | undefined => {
    const kept = tabShelf.read(ASKED + id);
    return noted.get(id) ?? (kept === undefined ? undefined : Number(kept));
  };

  const isDone = (place: string): boolean => done.has(place) || shelf.read(DONE + place) !== undefined;

  function markDone(place: string): void {
    done.add(place);
    put(shelf, DONE, place);
  }

  function put(where: Shelf, prefix: string, name: string): void {
    for (const other of where.names().filter((known) => known.startsWith(prefix))) {
      if (clock.nowMs() - Number(where.read(other)) > KEPT_MS) where.remove(other);
    }
    where.write(prefix + name, String(clock.nowMs()));
  }

  return {
    /** This tab asks for something under an id of its own making: a prompt, another answer, or that one goes on. */
    note(id: string): void {
      noted.set(id, clock.nowMs());
      put(tabShelf, ASKED, id);
    },

    /** What a message holds so far was asked for by others, though this tab now has it go on. */
    passOver(message: Message): void {
      for (const { place } of actionsIn(message)) markDone(place);
    },

    /**
     * Reads one conversation for as long as it is shown. What it returns is to be done now, and is not returned again,
     * here or in any other tab of this browser.
     */
    reader() {
      /** Messages are never changed, only replaced, so each is looked at once. */
      const looked = new WeakSet<Message>();
      const seen = new Set<string>();
      let isFirstLook = true;

      return (snapshot: Snapshot): Action[] => {
        const due: Action[] = [];
        for (const message of snapshot.messages) {
          if (looked.has(message)) continue;
          looked.add(message);
          for (const { place, action } of actionsIn(message)) {
            if (seen.has(place)) continue;
            seen.add(place);
            const atMs = askedFor(snapshot, message, askedAtMs);
            if (atMs === undefined || isDone(place)) continue;
            // Before it is done: whatever happens to the page meanwhile, it is not done twice.
            markDone(place);
            if (!isFirstLook || clock.nowMs() - atMs <= LATE_MS) due.push(action);
          }
        }
        isFirstLook = false;
        return due;
      };
    },
  };
}

/** Named by where they stand: providers use the ids of calls again, and an answer that is written anew says them anew. */
function actionsIn({ id, parts }: Message): { place: string; action: Action }[] {
  return parts.flatMap((part, index) => {
    const read = readAction(part);
    return read ? [{ place: `${id}.${index}`, action: read.action }] : [];
  });
}

/**
 * When this tab asked for what a message holds last. The generation that makes it now may go on with it by somebody's
 * leave; the first one belongs to whoever wanted the answer: by its id, or by the prompt whose first answer it is.
 */
function askedFor(
  { messages, generations }: Snapshot,
  { id, parentId }: Message,
  askedAtMs: (id: string) => number | undefined,
): number | undefined {
  const making: Generation[] = generations.filter(({ messageId }) => messageId === id);
  const latest = making.at(-1);
  if (!latest) return undefined;
  if (making.length > 1) return askedAtMs(latest.id);
  const first = messages.find((message) => message.role === "assistant" && message.parentId === parentId);
  return askedAtMs(id) ?? (first?.id === id && parentId !== null ? askedAtMs(parentId) : undefined);
}
