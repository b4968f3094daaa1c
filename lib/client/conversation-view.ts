import type { Generation, Message, Snapshot } from "#lib/protocol/event";
import { pathTo } from "#lib/protocol/path";
import { newestLeaf } from "./branches.ts";
import type { PendingPrompt } from "./pending-prompts.ts";
import type { Gone } from "./reader.ts";

/** What a conversation is made of, as far as this tab knows. */
type ConversationFacts = {
  snapshot: Snapshot;
  /** Prompts that the log has not brought yet, in the order in which they were sent. */
  pending: PendingPrompt[];
  /** Generations that are asked to end and have not, by id. */
  cancelling: string[];
  /** A message whose branch is shown here, whichever is shown elsewhere. */
  peeked?: string | undefined;
  /** What was answered of what tools ask, and not yet told by the log: the approvals' ids. */
  approving: string[];
  /** How many words came in one go when the line was back; told for a while. */
  caughtUpWords?: number;
  /** Why there is nothing more to come. */
  gone?: Gone;
};

/** What is shown of a conversation. Whatever did not change, a field or all of it, keeps its identity. */
export type ConversationView = ConversationFacts & {
  /** The shown branch, from its first message on. The pending prompts come after it. */
  path: Message[];
  /** The generation that the shown branch waits for or watches. */
  generation?: Generation;
  /** The other generations that wait for their turn. */
  queued: Generation[];
};

export function viewOf(facts: ConversationFacts, previous?: ConversationView): ConversationView {
  const { snapshot } = facts;
  const path = shownPath(facts);
  const onPath = new Set(path.map(({ id }) => id));
  const open = snapshot.generations.filter(isOpen);
  const shown = open.filter(({ messageId }) => onPath.has(messageId));
  const generation = shown.find(({ status }) => status === "running") ?? shown[0];
  const view: ConversationView = {
    ...facts,
    path: same(previous?.path, path),
    pending: same(previous?.pending, facts.pending),
    cancelling: same(
      previous?.cancelling,
      facts.cancelling.filter((id) => open.some((generation) => generation.id === id)),
    ),
    approving: same(previous?.approving, facts.approving),
    generation,
    queued: same(
      previous?.queued,
      open.filter((other) => other.status === "queued" && other !== generation),
    ),
  };
  return previous && isSame(previous, view) ? previous : view;
}

function isSame(one: ConversationView, other: ConversationView): boolean {
  return (Object.keys(one) as (keyof ConversationView)[]).every((field) => one[field] === other[field]);
}

export function isOpen({ status }: Generation): boolean {
  return status === "queued" || status === "running";
}

/** A prompt that answers at a place of its own is shown there, and the branch that it leaves is not. */
function shownPath({ snapshot, pending, peeked }: ConversationFacts): Message[] {
  const { messages, conversation } = snapshot;
  const parentId = pending.findLast((prompt) => prompt.parentId !== undefined)?.parentId;
  if (parentId !== undefined) return pathTo(messages, parentId);
  const isThere = peeked !== undefined && messages.some(({ id }) => id === peeked);
  return pathTo(messages, isThere ? newestLeaf(messages, peeked) : conversation.leafId);
}

function same<Item>(previous: Item[] | undefined, now: Item[]): Item[] {
  const isSame = previous?.length === now.length && previous.every((item, index) => item === now[index]);
  return isSame ? previous : now;
}
