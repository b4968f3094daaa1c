import { ACCOUNT_HEADER } from "#lib/protocol/api";
import type { AccountSnapshot, Snapshot } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { type AccountStore, createAccountStore } from "./account-store.ts";
import { createActions } from "./actions.ts";
import { createApi } from "./api.ts";
import type { Fetch } from "./ask.ts";
import { createAttachments, type Prepare } from "./attachments.ts";
import { createBegun } from "./begun.ts";
import type { BetweenTabs } from "./between-tabs.ts";
import { browserTabs } from "./browser-tabs.ts";
import { browserWorld, crowdedWorld } from "./browser-world.ts";
import { browserClock, type Clock } from "./clock.ts";
import { type ConversationStore, createConversationStore } from "./conversation-store.ts";
import { createDraftSync, type DraftSync } from "./draft-sync.ts";
import { createDrafts } from "./drafts.ts";
import { emptySnapshot } from "./empty-snapshot.ts";
import { browserFrame, type Schedule } from "./frame.ts";
import { createKeepFile } from "./keep-file.ts";
import { createLastModel } from "./last-model.ts";
import { conversationsWithErrands } from "./outbox.ts";
import { preparePicture } from "./prepare-file.ts";
import { createSearch, type Search } from "./search.ts";
import { createShelf, type Shelf } from "./shelf.ts";
import { createTabLine } from "./tab-line.ts";
import { createTemporary } from "./temporary.ts";
import { browserUpload, type Upload } from "./upload.ts";
import type { World } from "./world.ts";

/** So many conversations that nobody looks at are kept, so that going back to one shows it at once. */
export const KEPT_CONVERSATIONS = 20;

type TabDeps = {
  accountId: string;
  fetch: Fetch;
  clock: Clock;
  random: () => number;
  world: World;
  /** The other tabs that show the account here; undefined where there is no way to them. */
  between?: () => BetweenTabs | undefined;
  /** The world of a tab that has a line for itself alone. */
  crowdedWorld?: World;
  schedule: Schedule;
  newId: () => string;
  shelf: Shelf;
  upload: Upload;
  prepare: Prepare;
  /** What this tab alone keeps over a reload. */
  tabShelf: Shelf;
  /** Takes what failed and nobody expected. */
  report: (error: unknown) => void;
};

export type Tab = ReturnType<typeof createTab>;

/** What one tab of one account holds: one line, one list of conversations, and one store for each conversation. */
export function createTab(given: TabDeps) {
  const actions = createActions(given);
  const deps = { ...given, actions, fetch: asAccount(given.accountId, given.fetch) };
  const api = createApi(deps);
  const tabLine = createTabLine({ ...deps, isThere: api.isThere });
  const begun = createBegun();
  const drafts = createDrafts(deps.shelf, begun);
  const attachments = createAttachments({ ...deps, begun, keepFile: createKeepFile(deps) });
  const temporary = createTemporary({
    ...deps,
    api,
    drafts,
    attachments,
    forgotten: (id) => conversations.delete(id),
  });
  /** The least recently used first. */
  const conversations = new Map<string, ConversationStore>();
  let account: AccountStore | undefined;

  const parts = { api, tabLine, left: temporary.left };

  function conversation(snapshot: Snapshot): ConversationStore {
    const { id } = snapshot.conversation;
    const store = conversations.get(id) ?? createConversationStore({ ...deps, ...parts }, snapshot);
    store.adopt(snapshot);
    if (snapshot.sequence > 0) isNewNoMore(id);
    conversations.delete(id);
    conversations.set(id, store);
    const idle = [...conversations].filter(([, other]) => other !== store && other.isIdle());
    for (const [idleId] of idle.slice(0, -KEPT_CONVERSATIONS)) conversations.delete(idleId);
    return store;
  }

  function added(id: string): void {
    void conversations.get(id)?.comeBack();
  }

  /** The server has it now: what was written for it meanwhile is no longer for whichever comes next. */
  function isNewNoMore(id: string) {
    if (!begun.has(id)) return;
    for (const kept of [drafts, attachments]) kept.putAway(id);
    begun.remove(id);
    for (const kept of [drafts, attachments]) kept.keep(id);
  }

  return {
    accountId: deps.accountId,
    api,
    line: { subscribe: tabLine.subscribe, getView: tabLine.getView },
    drafts,
    attachments,
    lastModel: createLastModel(deps.shelf),

    /** Carries what is typed in a conversation to the account's other devices, and here. */
    draftSync: (store: ConversationStore): DraftSync => createDraftSync({ ...deps, api, drafts }, store),
    actions,

    /** The store of the list. The first snapshot counts; what came after it the log brings. */
    account(snapshot: AccountSnapshot): AccountStore {
      account ??= createAccountStore({ ...deps, api, tabLine, added }, snapshot);
      return account;
    },

    /** The store of a conversation, the same one for whoever asks; a snapshot that is newer than it is taken. */
    conversation,

    /**
     * The store of a conversation that nobody knows yet. The first prompt makes it. Under the id that an earlier page
     * gave it, it has what that page sent. A temporary one is erased when nobody looks at it any more.
     */
    newConversation(id: string = deps.newId(), options: { temporary?: boolean } = {}): ConversationStore {
      if (options.temporary) temporary.begin(id);
      // The server, which draws this too, keeps nothing.
      const isTemporary = options.temporary === true || temporary.has(id);
      const now = new Date(deps.clock.nowMs()).toISOString();
      const store = conversation(emptySnapshot(id, now, { temporary: isTemporary }));
      // What is written for a temporary one is never found by whichever comes next.
      if (store.getView().snapshot.sequence === 0 && !isTemporary) begun.add(id);
      return store;
    },

    isNewNoMore,

    newSearch: (): Search => createSearch({ api, clock: deps.clock }),

    /** Sends what earlier pages left unsent, in whichever conversation, though nobody looks at it now. */
    deliverErrands() {
      temporary.forgetOthers((id) => conversations.get(id)?.isConnected() ?? false);
      const now = new Date(deps.clock.nowMs()).toISOString();
      for (const id of conversationsWithErrands(deps.shelf))
        conversation(emptySnapshot(id, now)).takeUpErrands();
    },
  };
}

/** Cookies are the browser's: whoever signs in elsewhere in it is who every tab asks as, also one that shows another account. */
function asAccount(accountId: string, fetch: Fetch): Fetch {
  return (address, init) => {
    const headers = new Headers(init?.headers);
    headers.set(ACCOUNT_HEADER, accountId);
    return fetch(address, { ...init, headers });
  };
}

/** What this browser keeps for an account. */
export const browserShelf = (accountId: string): Shelf =>
  createShelf(() => localStorage, `rejoin.${accountId}.`);

/** What one tab of it keeps for an account. */
const browserTabShelf = (accountId: string): Shelf =>
  createShelf(() => sessionStorage, `rejoin.${accountId}.`);

/** The tab that this code runs in. Nothing of the browser is touched before it is used, so a server may make one. */
export function createBrowserTab(accountId: string): Tab {
  return createTab({
    accountId,
    fetch: (address, init) => fetch(address, init),
    clock: browserClock,
    random: Math.random,
    world: browserWorld,
    between: () => browserTabs(accountId),
    crowdedWorld,
    schedule: browserFrame,
    upload: browserUpload,
    prepare: preparePicture,
    newId,
    report: (error) => reportError(error),
    shelf: browserShelf(accountId),
    tabShelf: browserTabShelf(accountId),
  });
}
