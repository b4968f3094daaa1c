import type { Api } from "./api.ts";
import { ProblemError } from "./ask.ts";
import type { ConversationStore } from "./conversation-store.ts";
import type { Drafts } from "./drafts.ts";
import { type InsistDeps, insist } from "./insist.ts";
import { createOutbox } from "./outbox.ts";
import type { Shelf } from "./shelf.ts";

/** Whoever comes back so soon has not left: a page that is drawn anew lets go of what it shows, and takes it again. */
export const LEFT_AFTER_MS = 250;

type TemporaryDeps = InsistDeps & {
  api: Pick<Api, "deleteConversation">;
  shelf: Shelf;
  drafts: Drafts;
  attachments: { clear(id: string): void };
  forgotten(id: string): void;
};

/**
 * The temporary conversations that this browser has begun. The server keeps nothing of one that was left, and neither
 * does the browser: what was typed into it and not sent goes too.
 */
export function createTemporary(deps: TemporaryDeps) {
  const { shelf, drafts } = deps;
  const nameOf = (id: string) => `${PREFIX}${id}`;

  function forgetWords(id: string) {
    drafts.write(id, "");
    deps.attachments.clear(id);
    const outbox = createOutbox(shelf, id);
    for (const errand of outbox.load()) outbox.remove(errand.id);
  }

  return {
    has: (id: string): boolean => shelf.read(nameOf(id)) !== undefined,

    begin: (id: string): void => void shelf.write(nameOf(id), "begun"),

    /** Nobody looks at it any more, as it seems. */
    left(store: ConversationStore): void {
      const { id, temporary } = store.getView().snapshot.conversation;
      if (!temporary) return;
      deps.clock.after(LEFT_AFTER_MS, () => {
        if (store.isConnected()) return;
        store.giveUp();
        forgetWords(id);
        shelf.remove(nameOf(id));
        deps.forgotten(id);
        if (store.isKnown()) void erase(deps, id);
      });
    },

    /** What tabs left behind that were closed, and not left: their words go, and the server erases the rest by itself. */
    forgetOthers(isOpen: (id: string) => boolean): void {
      for (const name of shelf.names().filter((name) => name.startsWith(PREFIX))) {
        const id = name.slice(PREFIX.length);
        if (!isOpen(id)) forgetWords(id);
      }
    },
  };
}

const PREFIX = "temporary.";

async function erase(deps: TemporaryDeps, id: string): Promise<void> {
  try {
    await insist(deps, () => deps.api.deleteConversation(id));
  } catch (error) {
    // It is erased already, or nobody is signed in any more: the server sees to it.
    if (!(error instanceof ProblemError)) throw error;
  }
}
