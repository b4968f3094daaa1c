import { readGenerationsOf } from "#lib/generations/read-generations";
import type { ChatBody } from "#lib/protocol/chat";
import { anotherAnswerIdOf, conversationIdOf, messageIdOf } from "#lib/protocol/foreign-ids";
import type { Deps } from "./deps.ts";
import type { Asked } from "./find-in-flight.ts";
import { newestAnswer, type Placed, placePrompt } from "./place-prompt.ts";
import { regenerate } from "./regenerate.ts";
import { sendPrompt } from "./send-prompt.ts";

type Place = { accountId: string; conversationId: string };

/**
 * Takes what a client of the AI SDK asks for: an answer to a prompt, or another one in the place of one. It is asked
 * for by the same verbs as everything else. The same request again is the same answer, so a retry is not billed twice.
 */
export async function sendChat(
  deps: Deps,
  { accountId, body }: { accountId: string; body: ChatBody },
): Promise<Asked> {
  const place = { accountId, conversationId: await conversationIdOf({ accountId, foreignId: body.id }) };
  const placed = await placePrompt(deps, place, body);
  const old = body.trigger === "regenerate-message" ? await answerToReplace(place, body, placed) : undefined;
  return old ? replace(deps, place, { body, ...old }) : send(deps, place, { body, placed });
}

async function send(
  deps: Deps,
  place: Place,
  { body: { prompt, model }, placed: { id, parentId } }: { body: ChatBody; placed: Placed },
): Promise<Asked> {
  const { sent } = await sendPrompt(deps, { ...place, prompt: { id, parts: prompt.parts, parentId, model } });
  return { ...sent, conversationId: place.conversationId };
}

type Old = { answerId: string; isNamed: boolean };

/** Undefined if the prompt has never come here: then it is an answer to it that is wanted. */
async function answerToReplace(
  place: Place,
  { messageId }: ChatBody,
  { id, isKnown, places }: Placed,
): Promise<Old | undefined> {
  const named = messageId ? await messageIdOf(place, messageId) : undefined;
  const answer = places.find((message) => message.id === named && message.role === "assistant");
  if (answer) return { answerId: answer.id, isNamed: true };
  const newest = isKnown ? newestAnswer(places, id) : undefined;
  return newest && { answerId: newest.id, isNamed: false };
}

async function replace(
  deps: Deps,
  { accountId, conversationId }: Place,
  { body: { model }, answerId, isNamed }: { body: ChatBody } & Old,
): Promise<Asked> {
  // Who does not say which answer means the newest. If that is still being made, this is its request once more: were
  // it made anew each time, it would be paid for as often as its request is repeated.
  const made = isNamed ? undefined : (await readGenerationsOf(deps.database, answerId)).at(-1);
  if (made && !made.endedAt) {
    return { conversationId, answerId, generationId: made.id, sequence: made.sequence };
  }
  const id = await anotherAnswerIdOf({ accountId, conversationId }, answerId);
  const { sent } = await regenerate(deps, { accountId, messageId: answerId, body: { id, model } });
  return { ...sent, conversationId };
}
