import { foldAccount, inOrder } from "#lib/protocol/account-fold";
import {
  ACCOUNT_LOG,
  type AccountEvent,
  type AccountSnapshot,
  type ConversationItem,
} from "#lib/protocol/event";
import type { Api } from "./api.ts";
import { gather, type Schedule } from "./frame.ts";
import type { InsistDeps } from "./insist.ts";
import { createListeners } from "./listeners.ts";
import { lookAt, type Shown } from "./look-at.ts";
import type { Reader } from "./reader.ts";
import type { TabLine } from "./tab-line.ts";
import { createUnread } from "./unread.ts";

type Kind = "listed" | "archived";

/** As many as the page's own snapshot starts with. */
const PAGE_COUNT = 100;

type AccountStoreDeps = InsistDeps & {
  api: Pick<Api, "listConversations" | "markRead">;
  tabLine: Pick<TabLine, "follow">;
  schedule: Schedule;
  /** Told of a conversation that came to the list: it may be one that was gone, and is back. */
  added?(conversationId: string): void;
};

/** The list, for whoever makes something of it. */
export type AccountList = { subscribe(listener: () => void): () => void; getView(): AccountSnapshot };

export type AccountStore = ReturnType<typeof createAccountStore>;

/** The account's list of conversations, kept true by the account's log. */
export function createAccountStore(deps: AccountStoreDeps, initial: AccountSnapshot) {
  const { api, tabLine, schedule } = deps;
  const listeners = createListeners();
  let snapshot = initial;
  let view = snapshot;
  /**
   * Where the next page begins, of those in the list and of those put away; undefined before the first was asked for,
   * null after the last.
   */
  let next: Record<Kind, string | null | undefined> = { listed: undefined, archived: undefined };
  /** A page may have been read before one of its conversations was deleted. */
  const deleted = new Set<string>();

  const tellSoon = gather(schedule, () => {
    view = snapshot;
    listeners.tell();
  });

  const reader: Reader<AccountEvent> = {
    after: () => snapshot.sequence,

    take(entry) {
      snapshot = foldAccount(snapshot, entry);
      if (entry.event.type === "conversation-deleted") deleted.add(entry.event.conversationId);
      if (entry.event.type === "conversation-added") {
        deleted.delete(entry.event.conversation.id);
        deps.added?.(entry.event.conversation.id);
      }
      tellSoon();
    },

    // The list is read after the log had come to `head`, so it holds all that was said until there. What it holds
    // of later is said again by the log, and changes nothing.
    async reset(head, signal) {
      const page = await api.listConversations({ limit: PAGE_COUNT, archived: false }, signal);
      next = { listed: page.next, archived: undefined };
      snapshot = withItems({ conversations: [], sequence: head }, page.conversations);
      tellSoon();
    },

    // An account's own log goes with the account, and then nobody is signed in.
    gone: () => {},
  };

  const list: AccountList = { subscribe: listeners.subscribe, getView: () => view };
  return {
    ...list,
    unread: createUnread({ ...deps, account: list }),

    /** A conversation is open in this tab, until the returned function is called. */
    lookAt: (shown: Shown): (() => void) => lookAt({ ...deps, account: list }, shown),

    connect: (): (() => void) => tabLine.follow(ACCOUNT_LOG, reader),

    /** Adds a page of older conversations, or of archived ones. Says whether there may be more. */
    async showOlder({ archived = false } = {}): Promise<boolean> {
      const kind = archived ? "archived" : "listed";
      const ask = (before?: string) =>
        api.listConversations({ limit: PAGE_COUNT, archived, ...(before !== undefined && { before }) });
      // The first page of the list came with the page itself, which did not say where it ends.
      if (kind === "listed" && next.listed === undefined) next.listed = (await ask()).next;
      const before = next[kind];
      if (before === null) return false;
      const page = await ask(before);
      next[kind] = page.next;
      const known = new Set([...snapshot.conversations.map(({ id }) => id), ...deleted]);
      const older = page.conversations.filter(({ id }) => !known.has(id));
      snapshot = withItems(snapshot, older);
      tellSoon();
      return page.next !== null;
    },
  };
}

function withItems(snapshot: AccountSnapshot, items: ConversationItem[]): AccountSnapshot {
  return { ...snapshot, conversations: [...snapshot.conversations, ...items].sort(inOrder) };
}
