import type { SearchHit } from "#lib/protocol/search";
import type { Api } from "./api.ts";
import type { Clock } from "./clock.ts";
import { createListeners } from "./listeners.ts";

/** Whoever types on is not asked for yet. */
export const PAUSE_MS = 150;

export type SearchView =
  /** Nothing is looked for. */
  | { kind: "idle"; q: string; hits: readonly SearchHit[] }
  /** On its way. What was found before stands until there is something else to show. */
  | { kind: "searching"; q: string; hits: readonly SearchHit[] }
  | { kind: "found"; q: string; hits: readonly SearchHit[] }
  | { kind: "failed"; q: string; hits: readonly SearchHit[]; detail: string };

const IDLE: SearchView = { kind: "idle", q: "", hits: [] };

/** A search over an account's conversations, as somebody types. Only what was typed last is ever answered. */
export function createSearch({ api, clock }: { api: Pick<Api, "search">; clock: Clock }) {
  const listeners = createListeners();
  let view = IDLE;
  let forget = () => {};
  let asking = new AbortController();

  function show(next: SearchView) {
    view = next;
    listeners.tell();
  }

  async function ask(q: string) {
    const { signal } = asking;
    try {
      const { hits } = await api.search(q, signal);
      if (!signal.aborted) show({ kind: "found", q, hits });
    } catch (error) {
      if (signal.aborted) return;
      show({ kind: "failed", q, hits: [], detail: error instanceof Error ? error.message : "" });
    }
  }

  function type(q: string) {
    forget();
    asking.abort();
    asking = new AbortController();
    if (q.trim() === "") return show({ ...IDLE, q });
    show({ kind: "searching", q, hits: view.hits });
    forget = clock.after(PAUSE_MS, () => void ask(q));
  }

  return {
    subscribe: listeners.subscribe,
    getView: () => view,
    type,

    /** Asks once more for what is typed, at once. */
    again() {
      type(view.q);
      forget();
      void ask(view.q);
    },
  };
}

export type Search = ReturnType<typeof createSearch>;
