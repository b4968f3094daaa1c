import type { Chunk, Message } from "#lib/protocol/event";
import type { OpenText } from "#lib/protocol/open-text";

const ASKED =
  "Your answer was cut off on its way, through no fault of yours. Go on with it exactly where it ends, in the middle of a sentence, " +
  "a word or a block of code if that is where it ends. Repeat nothing, and say nothing about this. Its last words are:\n\n";
const LAST_WORDS_LENGTH = 200;

/** Asks for the rest of an answer. In words, because most models take no answer that is only begun. */
export function askForRest(answer: Message, { text }: OpenText): Message[] {
  const words = text.slice(-LAST_WORDS_LENGTH).toWellFormed();
  const asked: Message = { ...answer, role: "user", parts: [{ type: "text", text: ASKED + words }] };
  return [answer, asked];
}

/** Whether this is not a person's prompt, but what `askForRest` asks. */
export const asksForRest = (text: string): boolean => text.startsWith(ASKED);

/**
 * Lets the first text of a reply be more of the one that stands open, so that every reader has one text: the step and
 * the text have begun, and its words name it by its id.
 */
export function intoOpenText({ chunkId }: OpenText): (chunk: Chunk) => Chunk | undefined {
  let isStepBegun = true;
  let own: string | undefined;
  let isOver = false;
  return (chunk) => {
    if (chunk.type === "start-step" && isStepBegun) {
      isStepBegun = false;
      return undefined;
    }
    if (chunk.type === "text-start" && own === undefined) {
      own = chunk.id;
      return undefined;
    }
    const isText = chunk.type === "text-delta" || chunk.type === "text-end";
    if (!isText || isOver || chunk.id !== own) return chunk;
    isOver = chunk.type === "text-end";
    return { ...chunk, id: chunkId };
  };
}
