import type { AccountList } from "./account-store.ts";
import type { Clock } from "./clock.ts";
import { createListeners } from "./listeners.ts";

/**
 * A new mark is shown when it has stood for so long. Somebody may have the answer before their eyes, here or on
 * another device: then the mark goes again at once, and is never seen.
 */
export const MARK_AFTER_MS = 1_000;

type UnreadDeps = { clock: Clock; account: AccountList };

/** The listed conversations with an answer that nobody has looked at, by id. The view keeps its identity while it is the same. */
export function createUnread({ clock, account }: UnreadDeps) {
  const listeners = createListeners();
  /** Since when each is marked, in milliseconds since 1970. What the page came with was there before. */
  let since = new Map(unreadIn(account).map((id) => [id, Number.NEGATIVE_INFINITY]));
  let view: readonly string[] = [...since.keys()];
  let forget = () => {};

  function look() {
    forget();
    const nowMs = clock.nowMs();
    since = new Map(unreadIn(account).map((id) => [id, since.get(id) ?? nowMs]));
    const young = [...since.values()].filter((sinceMs) => nowMs - sinceMs < MARK_AFTER_MS);
    if (young.length > 0) forget = clock.after(Math.min(...young) + MARK_AFTER_MS - nowMs, look);
    const marked = [...since].filter(([, sinceMs]) => nowMs - sinceMs >= MARK_AFTER_MS).map(([id]) => id);
    if (marked.join() === view.join()) return;
    view = marked;
    listeners.tell();
  }

  account.subscribe(look);
  return { subscribe: listeners.subscribe, getView: () => view };
}

function unreadIn(account: AccountList): string[] {
  return account
    .getView()
    .conversations.filter(({ unread, archived }) => unread && !archived)
    .map(({ id }) => id);
}
