import type { ConversationEntry, ConversationEvent, Snapshot } from "#lib/protocol/event";
import { fold } from "#lib/protocol/fold";
import type { Api } from "./api.ts";
import { caughtUpWords } from "./caught-up-words.ts";
import type { Clock } from "./clock.ts";
import { TELL_AFTER_MS } from "./line-view.ts";
import type { Gone, Reader } from "./reader.ts";

/** How long it is told what came in one go. */
const CAUGHT_UP_TOLD_MS = 8_000;

type ConversationLogDeps = {
  api: Pick<Api, "loadSnapshot">;
  clock: Clock;
  /** The log has brought something. May be called hundreds of times a second. */
  onEntry(): void;
  /** Something happened that a person should see at once. */
  onChange(): void;
};

/** A conversation as its log tells it: the snapshot, and the reader that folds what comes into it. */
export function createConversationLog(deps: ConversationLogDeps, initial: Snapshot) {
  let snapshot = initial;
  let gone: Gone | undefined;
  let words: number | undefined;
  /** What the person saw when the line was lost. */
  let seen: Snapshot | undefined;
  let forgetWords = () => {};

  function tellWords(count: number | undefined) {
    forgetWords();
    words = count;
    if (count !== undefined) forgetWords = deps.clock.after(CAUGHT_UP_TOLD_MS, () => tellWords(undefined));
    deps.onChange();
  }

  function end(reason: Gone) {
    gone = reason;
    deps.onChange();
  }

  const reader: Reader<ConversationEvent> = {
    after: () => snapshot.sequence,

    take(entry: ConversationEntry) {
      snapshot = fold(snapshot, entry);
      if (entry.event.type === "conversation-deleted") end("deleted");
      else deps.onEntry();
    },

    // Taken whatever its number: a server that was set back to an older state is right about that state.
    async reset(_head, signal) {
      snapshot = await deps.api.loadSnapshot(snapshot.conversation.id, signal);
      deps.onEntry();
    },

    gone: end,

    lost() {
      seen ??= snapshot;
    },

    caughtUp(awayMs) {
      const count = seen ? caughtUpWords(seen.messages, snapshot.messages) : 0;
      seen = undefined;
      if (awayMs >= TELL_AFTER_MS && count > 0) tellWords(count);
    },
  };

  return {
    reader,
    facts: () => ({ snapshot, gone, caughtUpWords: words }),

    /** Takes a snapshot that was read elsewhere, if it is newer. Says whether it was. */
    adopt(other: Snapshot): boolean {
      if (other.sequence <= snapshot.sequence) return false;
      snapshot = other;
      gone = undefined;
      return true;
    },
  };
}
