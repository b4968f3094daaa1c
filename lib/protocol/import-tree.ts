import type { ImportBody, ImportedMessage } from "./exported.ts";

/** Why a tree of messages cannot be taken in: which message, and what it must be. */
export type TreeFault = { path: string; must: string };

/** What is wrong with a tree: ids are to be different, and each message is to follow one before it, of the other role. */
export function faultIn({ messages, conversation }: ImportBody): TreeFault | undefined {
  const roles = new Map<string, ImportedMessage["role"]>();
  for (const [index, { id, parentId, role }] of messages.entries()) {
    if (roles.has(id)) return { path: `messages.${index}.id`, must: "must be another than those before" };
    const path = `messages.${index}.parentId`;
    const parent = parentId === null ? undefined : roles.get(parentId);
    if (parentId !== null && parent === undefined)
      return { path, must: "must name a message before this one" };
    if (parent === role || (role === "assistant" && parentId === null)) {
      return {
        path,
        must: role === "user" ? "must name an answer, or be null for a first prompt" : "must name a prompt",
      };
    }
    roles.set(id, role);
  }
  const { leafId } = conversation;
  if (leafId != null && !roles.has(leafId))
    return { path: "conversation.leafId", must: "must name a message" };
  return undefined;
}

/**
 * The same tree with an answer, if an empty one, to every prompt: all that is said here has been answered, so a
 * conversation goes on from each of its ends. The branch that is shown ends in an answer, too.
 */
export function withAnswers(messages: ImportedMessage[]): ImportedMessage[] {
  const answered = new Set(messages.map(({ parentId }) => parentId));
  return messages.flatMap((message) => {
    if (message.role === "assistant" || answered.has(message.id)) return [message];
    const answer = { id: answerTo(message.id), parentId: message.id, role: "assistant" as const, parts: [] };
    return [message, { ...answer, createdAt: message.createdAt }];
  });
}

/** Where the branch ends that is shown. Of no branch in particular: that of the newest message. */
export function leafOf(messages: ImportedMessage[], leafId: string | null | undefined): string | null {
  const wanted = messages.find(({ id }) => id === leafId) ?? messages.at(-1);
  if (!wanted) return null;
  if (wanted.role === "assistant") return wanted.id;
  return messages.findLast(({ parentId }) => parentId === wanted.id)?.id ?? wanted.id;
}

/** No id of anybody's is as long as this one can be. */
const answerTo = (promptId: string) => `the answer that was not given to ${promptId}`;
