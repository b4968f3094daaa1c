import { TITLE_MAX_LENGTH } from "./api.ts";
import { type ForeignConversation, foreignConversation } from "./chatgpt-format.ts";
import { partsOf, roleOf } from "./chatgpt-words.ts";
import type { Part } from "./event.ts";
import { EXPORT_TYPE, EXPORT_VERSION, IMPORT_MESSAGES_MAX_COUNT, type ImportInput } from "./exported.ts";
import { joinParts } from "./join-parts.ts";

/** What is wrong with a conversation that is to be taken in, in a sentence for the person. */
export class ImportFault extends Error {
  readonly code = "import-fault";

  constructor(detail: string) {
    super(detail);
    this.name = "ImportFault";
  }
}

type Said = {
  nodeId: string;
  role: "user" | "assistant";
  parts: Part[];
  model: string | undefined;
  atMs: number | undefined;
};
type Message = ImportInput["messages"][number] & { parts: Part[] };

/** A place in their tree, and the message of ours that what stands there goes on from, with what it said until there. */
type Step = { nodeId: string; before: Message | undefined; until: Part[]; isNext: boolean };

/** So many parts come together where branches begin within an answer, which is then written down once for each. */
const COPIED_PARTS_MAX_COUNT = 100_000;

/**
 * A conversation of a ChatGPT export as one of ours: all its branches, in which prompts and answers take turns. What
 * nobody was shown is left out, and what follows it goes on from what was shown before. What stands one after the
 * other on the same side becomes one message; where a branch begins within it, each branch has the whole of it.
 *
 * @throws ImportFault for what is no such conversation
 */
export function importChatgpt(given: unknown): ImportInput {
  const parsed = foreignConversation.safeParse(given);
  if (!parsed.success) throw new ImportFault("This is no conversation of a ChatGPT export.");
  const conversation = parsed.data;
  const id = conversation.conversation_id ?? conversation.id;
  if (!id) throw new ImportFault("The conversation has no id, so it could not be told from others.");
  const createdMs = millisecondsOf(conversation.create_time) ?? millisecondsOf(conversation.update_time) ?? 0;
  const { messages, messageAt } = grow(conversation, createdMs);
  const lastMs = Math.max(
    createdMs,
    ...[...messages.slice(-1)].map(({ createdAt }) => Date.parse(createdAt)),
  );
  return {
    type: EXPORT_TYPE,
    version: EXPORT_VERSION,
    conversation: {
      id: `chatgpt ${id}`.slice(0, 200),
      title: (conversation.title ?? "").slice(0, TITLE_MAX_LENGTH),
      leafId: messageAt(conversation.current_node ?? undefined),
      createdAt: timeOf(createdMs),
      updatedAt: timeOf(millisecondsOf(conversation.update_time) ?? lastMs),
    },
    messages,
  };
}

function grow({ mapping }: ForeignConversation, createdMs: number) {
  const nodes = new Map(Object.entries(mapping));
  const childrenOf = childrenIn(nodes);
  const said = (nodeId: string): Said | undefined => {
    const message = nodes.get(nodeId)?.message;
    const role = message ? roleOf(message) : undefined;
    if (!message || !role) return undefined;
    const model = message.metadata?.model_slug;
    return { nodeId, role, parts: partsOf(message), model, atMs: millisecondsOf(message.create_time) };
  };
  const messages: Message[] = [];
  const messageOf = new Map<string, Message>();
  const seen = new Set<string>();
  let copied = 0;

  function add(message: Message): Message {
    messages.push(message);
    if (messages.length > IMPORT_MESSAGES_MAX_COUNT) {
      throw new ImportFault(`The conversation has more than ${IMPORT_MESSAGES_MAX_COUNT} messages.`);
    }
    return message;
  }

  function begin({ nodeId, role, parts, model, atMs }: Said, before: Message | undefined): Message {
    const createdAt = timeOf(atMs ?? (before ? Date.parse(before.createdAt) : createdMs));
    const parent =
      before ??
      (role === "assistant"
        ? add({ id: `before ${nodeId}`, parentId: null, role: "user", parts: UNSAID, createdAt })
        : undefined);
    return add({
      id: nodeId,
      parentId: parent?.id ?? null,
      role,
      parts: joinParts([], parts),
      createdAt,
      ...(model !== undefined && { model }),
    });
  }

  function goOn(message: Message, { parts, model }: Said) {
    message.parts = joinParts(message.parts, parts);
    if (model !== undefined) message.model = model;
  }

  /** The same message once more, beside it, with what only this branch says. */
  function goOnBeside(message: Message, until: Part[], one: Said): Message {
    copied += until.length;
    if (copied > COPIED_PARTS_MAX_COUNT) throw new ImportFault("The conversation has too many branches.");
    const createdAt = timeOf(one.atMs ?? Date.parse(message.createdAt));
    const beside = add({ ...message, id: one.nodeId, parts: until, createdAt });
    goOn(beside, one);
    return beside;
  }

  function place(one: Said, { before, until, isNext }: Step): Message {
    if (before?.role !== one.role) return begin(one, before);
    if (!isNext) return goOnBeside(before, until, one);
    goOn(before, one);
    return before;
  }

  /** Where to go from here: what nobody was shown is passed over. */
  function shownChildren(nodeId: string): string[] {
    const shown: string[] = [];
    const open = [...childrenOf(nodeId)].reverse();
    for (let child = open.pop(); child !== undefined; child = open.pop()) {
      if (seen.has(child)) continue;
      if (said(child)) shown.push(child);
      else {
        seen.add(child);
        open.push(...[...childrenOf(child)].reverse());
      }
    }
    return shown;
  }

  function walk(root: string) {
    const open: Step[] = [{ nodeId: root, before: undefined, until: [], isNext: true }];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const { nodeId, before } = step;
      if (seen.has(nodeId)) continue;
      seen.add(nodeId);
      const one = said(nodeId);
      const message = one ? place(one, step) : before;
      if (message) messageOf.set(nodeId, message);
      const children = shownChildren(nodeId);
      // What the other side says next follows what was said until there, so that stays as it is.
      const goesOn = children.every((child) => said(child)?.role === message?.role);
      for (const child of children.toReversed()) {
        const isNext = goesOn && child === children[0];
        open.push({ nodeId: child, before: message, until: message?.parts ?? [], isNext });
      }
    }
  }

  for (const [nodeId, { parent }] of nodes) if (parent == null || !nodes.has(parent)) walk(nodeId);
  // What goes round in circles has no beginning. It begins where it is met.
  for (const nodeId of nodes.keys()) walk(nodeId);

  function messageAt(nodeId: string | undefined): string | null {
    let at = nodeId;
    for (let steps = 0; at !== undefined && steps <= nodes.size; steps++) {
      const message = messageOf.get(at);
      if (message) return message.id;
      at = nodes.get(at)?.parent ?? undefined;
    }
    return null;
  }

  return { messages, messageAt };
}

/** A prompt that was never said: an answer came first. */
const UNSAID: Part[] = [{ type: "text", text: "…" }];

/** Whose children are whose is told by the children; their order by the parent. */
function childrenIn(nodes: Map<string, ForeignConversation["mapping"][string]>) {
  const children = new Map<string, string[]>();
  for (const [nodeId, { parent }] of nodes) {
    if (parent == null || !nodes.has(parent)) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(nodeId);
    else children.set(parent, [nodeId]);
  }
  for (const [parent, siblings] of children) {
    const order = new Map((nodes.get(parent)?.children ?? []).map((nodeId, index) => [nodeId, index]));
    const last = order.size;
    siblings.sort((one, other) => (order.get(one) ?? last) - (order.get(other) ?? last));
  }
  return (nodeId: string): string[] => children.get(nodeId) ?? [];
}

/** Of what lies before 1970 or after 9999, nothing is known. */
const LATEST_MS = Date.parse("9999-12-31T00:00:00Z");

function millisecondsOf(seconds: number | null | undefined): number | undefined {
  const ms = Math.round((seconds ?? Number.NaN) * 1000);
  return ms > 0 && ms <= LATEST_MS ? ms : undefined;
}

const timeOf = (ms: number) => new Date(ms).toISOString();
