import type { ChangeConversationBody, SendPromptBody } from "#lib/protocol/api";
import type { Part, Snapshot } from "#lib/protocol/event";
import type { Actions } from "./actions.ts";
import type { Api } from "./api.ts";
import { createApprovals } from "./approvals.ts";
import { ProblemError } from "./ask.ts";
import { newestLeaf } from "./branches.ts";
import { createConversationLog } from "./conversation-log.ts";
import { type ConversationView, viewOf } from "./conversation-view.ts";
import { gather, type Schedule } from "./frame.ts";
import { type InsistDeps, insist } from "./insist.ts";
import { createListeners } from "./listeners.ts";
import { createOutbox } from "./outbox.ts";
import { createPendingCancels } from "./pending-cancels.ts";
import { createPendingPrompts } from "./pending-prompts.ts";
import { createRegenerations } from "./regenerations.ts";
import type { Shelf } from "./shelf.ts";
import type { TabLine } from "./tab-line.ts";

type ConversationStoreDeps = InsistDeps & {
  api: Api;
  tabLine: Pick<TabLine, "follow">;
  schedule: Schedule;
  newId: () => string;
  shelf: Shelf;
  /** Told when nobody shows it any more. */
  left?(store: ConversationStore): void;
  actions: Pick<Actions, "note" | "passOver">;
};

type SendOptions = Partial<Pick<SendPromptBody, "model" | "parentId">>;

export type ConversationStore = ReturnType<typeof createConversationStore>;

/**
 * A conversation as this tab knows it: its snapshot, kept true by its log, and what was sent and is not in the log
 * yet. It works before the server knows the conversation, and touches nothing of the browser until it is used.
 */
export function createConversationStore(deps: ConversationStoreDeps, initial: Snapshot) {
  const { api, tabLine, newId } = deps;
  const conversationId = initial.conversation.id;
  const outbox = createOutbox(deps.shelf, conversationId);
  const listeners = createListeners();
  const tellSoon = gather(deps.schedule, refresh);
  const log = createConversationLog({ ...deps, onEntry: tellSoon, onChange: refresh }, initial);
  const prompts = createPendingPrompts({ ...deps, conversationId, outbox, onChange: refresh, onAccepted });
  const cancels = createPendingCancels({ ...deps, outbox, onChange: refresh });
  const approvals = createApprovals({ ...deps, onChange: refresh });
  let view: ConversationView = viewOf({ ...log.facts(), pending: [], cancelling: [], approving: [] });
  /** The server answers 404 for a log that is not there yet. */
  let isKnown = initial.sequence > 0;
  let isBeingMade = false;
  let connections = 0;
  /** A branch that only this tab shows, until the one that all show changes. */
  let peek: { messageId: string; leafId: string | null } | undefined;
  let leaveLog: (() => void) | undefined;

  function refresh() {
    look();
    listeners.tell();
  }

  function look() {
    const facts = log.facts();
    prompts.seen(facts.snapshot.messages);
    if (facts.gone) unfollow();
    if (facts.gone === "deleted") prompts.giveUp(DELETED);
    if (peek?.leafId !== facts.snapshot.conversation.leafId) peek = undefined;
    const onItsWay = { pending: prompts.list(), cancelling: cancels.list(), approving: approvals.list() };
    view = viewOf({ ...facts, ...onItsWay, peeked: peek?.messageId }, view);
  }

  function follow() {
    if (connections > 0 && isKnown && !log.facts().gone)
      leaveLog ??= tabLine.follow(conversationId, log.reader);
  }

  function unfollow() {
    leaveLog?.();
    leaveLog = undefined;
  }

  /** What makes it says that it is a temporary one, if it is. */
  const asTemporary = () => (log.facts().snapshot.conversation.temporary ? { temporary: true } : {});

  function takeUpErrands() {
    prompts.load();
    cancels.load();
  }

  async function change(body: ChangeConversationBody): Promise<void> {
    await api.changeConversation(conversationId, body);
  }

  function onAccepted() {
    isKnown = true;
    follow();
  }

  function adopt(snapshot: Snapshot) {
    if (!log.adopt(snapshot)) return;
    isKnown = true;
    follow();
    // A page asks for this while it is drawn: it sees the new view, and whoever else shows the old one is told later.
    look();
    tellSoon();
  }

  const store = {
    subscribe: listeners.subscribe,
    getView: () => view,

    /** Follows the log, and takes up what an earlier page left unsent, until the returned function is called. */
    connect(): () => void {
      connections++;
      takeUpErrands();
      follow();
      return once(() => {
        connections--;
        if (connections > 0) return;
        unfollow();
        deps.left?.(store);
      });
    },

    /** Sends what an earlier page left unsent, though nobody looks at the conversation. */
    takeUpErrands,

    /**
     * Shows a prompt at once and sends it, however long that takes. It goes after the newest message, or after what
     * is shown here alone, or, with `parentId`, exactly there; null makes it another first message. Returns its id.
     */
    send(
      content: string | Part[],
      { model, parentId = peek && view.path.at(-1)?.id }: SendOptions = {},
    ): string {
      const parts: Part[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
      const id = newId();
      deps.actions.note(id);
      prompts.send({
        id,
        parts,
        ...(parentId !== undefined && { parentId }),
        ...(model !== undefined && { model }),
        ...asTemporary(),
      });
      return id;
    },

    /** Sends a refused prompt once more as it is, or one that is held back at once. */
    resend: prompts.resend,

    /** Gives a prompt up. One that the server has already taken comes back by the log. */
    discard: prompts.discard,

    /** Ends the generation that is shown, and only that one, however late the word arrives. */
    cancel() {
      if (view.generation) cancels.cancel(view.generation.id);
    },

    regenerate: createRegenerations(deps),

    /** Sets what every answer is told first. A conversation that is not there yet is made by it. */
    async instruct(instructions: string | null): Promise<void> {
      if (isKnown) return change({ instructions });
      isBeingMade = true;
      try {
        const made = await api.createConversation({
          id: conversationId,
          ...(instructions !== null && { instructions }),
          ...asTemporary(),
        });
        // Its first prompt has made it meanwhile.
        if (made.instructions !== instructions) await change({ instructions });
        onAccepted();
      } finally {
        isBeingMade = false;
      }
    },

    /** Names the model that answers, on every device. */
    chooseModel: (model: string): Promise<void> => change({ model }),

    /** Whether the server knows it, or is about to. */
    isThere: () => isKnown || isBeingMade,

    /** Shows the newest branch through a message, here alone, and until another one is shown everywhere. */
    peek(messageId: string) {
      if (view.path.some(({ id }) => id === messageId)) return;
      peek = { messageId, leafId: log.facts().snapshot.conversation.leafId };
      refresh();
    },
    /** Says whether a tool may do what it asks. */
    approve: (approvalId: string, approved: boolean): Promise<void> =>
      approvals.give(view.snapshot.messages, approvalId, approved),

    /** Shows the newest branch through a message, here and on every device. */
    async show(messageId: string): Promise<void> {
      await change({ leafId: newestLeaf(view.snapshot.messages, messageId) });
      peek = undefined;
      refresh();
    },

    /** Takes a snapshot that a page brought, if it is newer than what this store has. */
    adopt,

    /** Somebody says that it is there. If it was gone, somebody has brought it back, and it is shown again. */
    async comeBack(): Promise<void> {
      if (!log.facts().gone) return;
      await insist(deps, (signal) => api.loadSnapshot(conversationId, signal))
        .then(adopt)
        .catch(unlessGone);
    },

    /** Whether anything would be lost with this store. */
    isIdle: () => connections === 0 && prompts.list().every(({ state }) => state === "accepted"),

    isConnected: () => connections > 0,

    /** Whether the server has it, as far as is known here. */
    isKnown: () => isKnown,

    /** Nothing more is sent of what is on its way. */
    giveUp() {
      for (const { id } of prompts.list()) prompts.discard(id);
    },
  };
  return store;
}

/** It was deleted again meanwhile, or nobody is signed in any more. */
function unlessGone(error: unknown) {
  if (!(error instanceof ProblemError)) throw error;
}

/** A prompt that was on its way must not bring the conversation back. */
const DELETED = { code: "conversation-deleted", detail: "This conversation was deleted." };

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}
