import { DRAFT_MAX_LENGTH } from "#lib/protocol/api";
import type { Api } from "./api.ts";
import { ProblemError } from "./ask.ts";
import type { ConversationStore } from "./conversation-store.ts";
import type { Drafts } from "./drafts.ts";
import { type InsistDeps, insist } from "./insist.ts";

/** The server is told what is typed once nobody has typed for so long. */
export const DRAFT_QUIET_MS = 800;
/** Whoever leaves the field may be about to send: then there is no draft. */
export const DRAFT_BLUR_MS = 200;
/** Who typed so lately is still typing, and what they look at is not changed. */
export const TYPING_MS = 3_000;

type DraftSyncDeps = InsistDeps & { api: Pick<Api, "changeConversation">; drafts: Drafts };

export type DraftSync = ReturnType<typeof createDraftSync>;

/**
 * Carries what is typed in one conversation to the account's other devices, and what is typed there here. What was
 * typed here and nobody was told of comes first, so no word is lost that somebody has just written.
 */
export function createDraftSync(
  deps: DraftSyncDeps,
  store: Pick<ConversationStore, "subscribe" | "getView">,
) {
  const { api, drafts, clock, world } = deps;
  const { id } = store.getView().snapshot.conversation;
  let forgetTelling = () => {};
  let forgetTaking = () => {};
  let isDue = false;
  let isTelling = false;
  let typed = drafts.read(id);
  let typedAtMs = Number.NEGATIVE_INFINITY;

  function tellIn(ms: number) {
    forgetTelling();
    isDue = true;
    forgetTelling = clock.after(ms, () => void tell());
  }

  async function tell() {
    forgetTelling();
    isDue = false;
    const { snapshot, gone } = store.getView();
    const text = drafts.read(id);
    if (isTelling || gone || snapshot.sequence === 0 || drafts.isTold(id)) return;
    if (text === (snapshot.conversation.draft ?? "")) return drafts.tell(id, snapshot.sequence);
    if (text.length > DRAFT_MAX_LENGTH) return;
    isTelling = true;
    try {
      const draft = text === "" ? null : text;
      const { sequence } = await insist(deps, (signal) =>
        api.changeConversation(id, { draft }, { signal, outlivesPage: true }),
      );
      // What was typed meanwhile is told in its turn.
      if (drafts.read(id) === text) drafts.tell(id, sequence);
      else tellIn(DRAFT_QUIET_MS);
    } catch (error) {
      // The conversation is gone, or nobody is signed in: it stays here.
      if (!(error instanceof ProblemError)) throw error;
    } finally {
      isTelling = false;
    }
  }

  function look() {
    const { snapshot } = store.getView();
    if (snapshot.sequence === 0) return;
    if (!drafts.isTold(id)) {
      if (!isDue && !isTelling) tellIn(DRAFT_QUIET_MS);
      return;
    }
    const draft = snapshot.conversation.draft ?? "";
    if (draft === drafts.read(id) || snapshot.sequence < drafts.toldAt(id)) return;
    const quietMs = clock.nowMs() - typedAtMs;
    forgetTaking();
    if (quietMs < TYPING_MS) forgetTaking = clock.after(TYPING_MS - quietMs, look);
    else {
      typed = draft;
      drafts.adopt(id, draft, snapshot.sequence);
    }
  }

  function onWritten() {
    const text = drafts.read(id);
    if (text === typed) return;
    typed = text;
    typedAtMs = clock.nowMs();
    if (!isTelling) tellIn(DRAFT_QUIET_MS);
  }

  return {
    /** Until the returned function is called; then what is not told yet is told at once. */
    connect(): () => void {
      const leave = [
        drafts.subscribe(onWritten),
        store.subscribe(look),
        world.subscribe((event) => {
          if (event === "hidden") void tell();
        }),
      ];
      look();
      return () => {
        for (const one of leave) one();
        forgetTaking();
        void tell();
      };
    },

    /** The field was left. */
    left() {
      if (isDue) tellIn(DRAFT_BLUR_MS);
    },
  };
}
